import { type ExpiringBucket, type ExpiryRule, expiryRules } from '#operate/core/retention/expiry-rules.ts';
import type { RegisteredIntegration } from '#operate/core/retention/registered-integration.ts';
import { keepRetention } from '#operate/flow/retention/keep-retention.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';

const known = { owner: 'parcels', partner: 'Initech' };
const lane: RegisteredIntegration = {
  ...{ ...known, id: 'parcels', kind: 'file-lane' },
  retention: { days: 30, folder: 'initech' },
};
const fence: RegisteredIntegration = {
  ...{ ...known, id: 'moves', kind: 'webhook-fence' },
  retention: { days: 60, rejectsDays: 14 },
};

describe('objects are kept', () => {
  it.each<[ExpiringBucket, readonly ExpiryRule[]]>([
    ['inbound', [{ id: 'parcels', prefix: 'initech/', days: 30, restorableDays: 30 }]],
    [
      'raw',
      [
        { id: 'moves', prefix: 'moves/', days: 60, restorableDays: 1 },
        { id: 'parcels', prefix: 'parcels/', days: 30, restorableDays: 1 },
      ],
    ],
    [
      'rejects',
      [
        { id: 'moves-rejects', prefix: 'moves/rejects/', days: 14, restorableDays: 1 },
        { id: 'moves-releases', prefix: 'moves/audit/', days: 60, restorableDays: 1 },
      ],
    ],
  ])('in the %s bucket for as long as contracts say', (bucket, rules) => {
    expect(expiryRules(bucket, [lane, fence], [])).toEqual(rules);
  });

  it('for as long as promised when the integration is gone', () => {
    const left = { id: 'older', prefix: 'older/', days: 7, restorableDays: 1 };
    expect(expiryRules('raw', [], [left])).toEqual([left]);
  });
});

it('rules are written where they differ, and once', async () => {
  const kept = new Map<string, readonly ExpiryRule[]>();
  const ports = {
    log: new MemoryLog(),
    rules: {
      read: async (bucket: string) => kept.get(bucket) ?? [],
      write: async (bucket: string, rules: readonly ExpiryRule[]) => void kept.set(bucket, rules),
    },
  };
  expect(await keepRetention(ports, [lane])).toEqual(['inbound', 'raw', 'quarantine']);
  expect(await keepRetention(ports, [lane])).toEqual([]);
  const shorter = { ...lane, retention: { ...lane.retention, days: 10 } };
  await keepRetention(ports, [shorter]);
  expect(kept.get('inbound')).toEqual([{ id: 'parcels', prefix: 'initech/', days: 10, restorableDays: 10 }]);
});
