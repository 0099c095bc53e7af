import { resolve } from 'node:path';
import { loadContracts, ofKind } from '#infra/contracts.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { buildBareClients, buildLane } from '../build.ts';
import { coldStarts } from '../cold-starts.ts';
import { printTable, times } from '../print.ts';

const rounds = 15;

/** What a function weighs and how long it takes to load, against the AWS clients that it cannot do without. */
export async function coldStart(): Promise<void> {
  const ids = ofKind(await loadContracts(), 'file-lane').map(({ id }) => id);
  const bundles = [await buildBareClients(), ...(await Promise.all(ids.map(buildLane)))];
  const starts = await coldStarts(
    rounds,
    bundles.map(({ index }) => resolve(index)),
  );
  const alone = itemAt(starts, 0, 'start');
  const rows = ['AWS clients alone', ...ids].map((name, i) => {
    const { bytesAtStart, bytes } = itemAt(bundles, i, 'bundle');
    const { wall, cpu } = itemAt(starts, i, 'start');
    const milliseconds = [wall, cpu].map(each => `${each.toFixed(0)} ms`);
    return [name, kilobytes(bytesAtStart), kilobytes(bytes), ...milliseconds, times(cpu / alone.cpu)];
  });
  printTable(
    `Function bundles: size, and time to load in a fresh process (${rounds} rounds in turn, medians; Node ${process.versions.node})`,
    ['bundle', 'loaded at start', 'with parts for later', 'wall', 'CPU', 'CPU ratio'],
    rows,
  );
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_000)} KB`;
