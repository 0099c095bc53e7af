import { derivations } from '#adapters/derive/derivations.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import type { Kind } from '#shared/contract/kind.ts';
import { lagFields } from '#shared/core/log/lag-fields.ts';
import type { LogLine } from '#shared/memory/memory-log.ts';
import { change, lena } from '../cdc-feed/flow/debezium.ts';
import { FeedSimulator } from '../cdc-feed/flow/simulator.ts';
import { header, laneWith, rows } from '../file-lane/flow/lanes.ts';
import { LaneSimulator } from '../file-lane/flow/simulator.ts';
import { fenceWith } from '../webhook-fence/flow/fences.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

/** What CloudWatch reads from log lines by the signals of a kind: sums, and of the lag the values. */
function measured(kind: Kind, lines: readonly LogLine[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { name, pattern, value } of derivations[kind].signals)
    for (const { event, fields } of lines)
      if (matches(pattern, { message: event, ...fields }))
        found[name] = (found[name] ?? 0) + (value === '1' ? 1 : Number(fields[value.slice(2)]));
  return found;
}

/** Of a filter pattern, whose terms are joined by `&&`. */
const matches = (pattern: string, line: Readonly<Record<string, unknown>>): boolean =>
  [...pattern.matchAll(/\$\.(\w+) (=|>=|>) ("?)([^")]*)\3/g)].every(([, field = '', is, , wanted]) => {
    const value = line[field];
    if (is === '=') return value === wanted;
    return typeof value === 'number' && (is === '>' ? value > Number(wanted) : value >= Number(wanted));
  });

describe('the signals', () => {
  it('of a lane are read from its settled files', async () => {
    const lane = new LaneSimulator(laneWith({ duplicates: 'row', writeOnce: { reason: 'a test' } }));
    lane.drop('items_1.csv', `${header}${rows(3)}bad,x,row,1\n`);
    lane.drop('items_2.csv', header + rows(4), { afterSeconds: 90 });
    lane.drop('items_3.csv', header + rows(1, 1, () => 'another note'), { afterSeconds: 120 });
    await lane.run();
    expect(measured('file-lane', lane.ports.log.lines)).toMatchObject({
      Published: 4,
      Duplicates: 3,
      Quarantined: 2,
      Conflicts: 1,
      Late: 1,
      Lag: expect.any(Number),
    });
  });

  it('of a fence are read from its settled requests', async () => {
    const fence = new FenceSimulator(fenceWith());
    await fence.send({ id: 'm-1' });
    await fence.send({ id: 'm-1' });
    await fence.send({ id: 'm-1', body: JSON.stringify({ type: 'paid', data: { id: 'p-9', cents: 9 } }) });
    await fence.send({ id: 'm-2', secret: 'whsec_d3Jvbmc=' });
    expect(measured('webhook-fence', fence.ports.log.lines)).toEqual({
      Published: 1,
      Duplicates: 1,
      Quarantined: 1,
      Conflicts: 1,
      Rejected: 1,
      Lag: expect.any(Number),
    });
  });

  it('of a feed are read from its settled batches', async () => {
    const feed = new FeedSimulator(crmCustomers).put(
      change({ op: 'c', after: { ...lena, id: 1 }, lsn: 1 }),
      change({ op: 'c', after: { ...lena, id: 1 }, lsn: 1 }),
      { data: 'faulty' },
    );
    await feed.run();
    expect(measured('cdc-feed', feed.ports.log.lines)).toMatchObject({
      Published: 1,
      Duplicates: 1,
      Quarantined: 1,
      Lag: expect.any(Number),
    });
  });
});

it('the lag is that of the slowest unit; late are those over the promise', () => {
  const publishedAt = Date.parse('2026-11-20T08:02:00Z');
  const arrivedAt = ['2026-11-20T08:00:30Z', '2026-11-20T08:01:00Z', '2026-11-20T08:02:01Z'];
  expect(lagFields({ arrivedAt, publishedAt, promisedSeconds: 60 })).toEqual({
    lagMilliseconds: 90_000,
    late: 1,
  });
  expect(lagFields({ arrivedAt: [], publishedAt, promisedSeconds: 60 })).toEqual({});
});
