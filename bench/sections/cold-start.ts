import { resolve } from 'node:path';
import { loadContracts, ofKind } from '#infra/contracts.ts';
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
  const rows = ['AWS clients alone', ...ids].map((name, i) => [
    name,
    kilobytes(bundles[i]!.bytesAtStart),
    kilobytes(bundles[i]!.bytes),
    `${starts[i]!.wall.toFixed(0)} ms`,
    `${starts[i]!.cpu.toFixed(0)} ms`,
    times(starts[i]!.cpu / starts[0]!.cpu),
  ]);
  printTable(
    `Function bundles: size, and time to load in a fresh process (${rounds} rounds in turn, medians; Node ${process.versions.node})`,
    ['bundle', 'loaded at start', 'with parts for later', 'wall', 'CPU', 'CPU ratio'],
    rows,
  );
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_000)} KB`;
