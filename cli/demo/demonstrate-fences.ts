import pc from 'picocolors';
import { ofKind } from '#infra/contracts.ts';
import { checkRecorded } from './check-recorded.ts';
import type { Cloud } from './cloud.ts';
import { countEach, type DemoProps, type DemoRun } from './kind-demo.ts';
import { type RequestLine, requestTable } from './request-table.ts';
import { runFenceSamples } from './run-fence-samples.ts';

/** Signs and sends the samples of every fence. */
export async function demonstrateFences({ cloud, contracts, tick }: DemoProps): Promise<DemoRun | undefined> {
  const up = new Set(cloud.description.fences.map(({ id }) => id));
  const fences = ofKind(contracts, 'webhook-fence').filter(({ id }) => up.has(id));
  if (fences.length === 0) return undefined;
  let settled = 0;
  const { lines, differences } = await runFenceSamples(cloud, fences, now => {
    for (; settled < settledOf(now); settled++) tick();
  });
  const recorded = await checkRecorded(fences);
  return {
    count: lines.length,
    unit: 'requests',
    ends: countEach(lines.map(({ told }) => told?.outcome ?? 'unsettled')),
    table: requestTable(lines),
    differences: [...differences, ...recorded.differences],
    notes: recorded.notes,
    details: async () => showFenceSteps(cloud),
  };
}

const settledOf = (lines: readonly RequestLine[]): number =>
  lines.filter(({ differences }) => differences !== undefined).length;

/** Where to send a webhook by hand. */
const showFenceSteps = ({ description: { fences } }: Cloud): string =>
  [
    pc.bold('Send a webhook of your own'),
    ...fences.map(({ id, url, scheme }) => `  ${id.padEnd(16)} ${url}  (${scheme})`),
    '  docs/guides/receive-webhooks.md has a curl that signs',
  ].join('\n');
