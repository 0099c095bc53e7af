import logUpdate from 'log-update';
import pc from 'picocolors';
import { loadContracts, ofKind } from '#infra/contracts.ts';
import type { Cloud } from './cloud.ts';
import { type RequestLine, requestTable } from './request-table.ts';
import { type FenceSamplesRun, runFenceSamples } from './run-fence-samples.ts';

/** Sends every fence's samples and shows how each request ends: as it happens on a terminal, else once it is over. */
export async function showFences(cloud: Cloud): Promise<FenceSamplesRun> {
  const fences = ofKind(await loadContracts(), 'webhook-fence');
  const isLive = process.stdout.isTTY;
  const show = (lines: readonly RequestLine[]) => logUpdate(requestTable(lines));
  const ran = await runFenceSamples(cloud, fences, isLive ? show : () => {});
  if (isLive) logUpdate.done();
  else console.log(requestTable(ran.lines));
  return ran;
}

/** How to go on by hand. */
export const showFenceSteps = ({ description: { fences } }: Cloud): string =>
  [
    pc.bold('Send a webhook of your own'),
    ...fences.map(({ id, url, scheme }) => `  ${id.padEnd(16)} ${url}  (${scheme})`),
    '  docs/guides/receive-webhooks.md has a curl that signs',
  ].join('\n');
