import type { FileLanePorts } from '#adapters/file-lane/ports.ts';
import { addTallies, emptyTally, outcomes, type Tally } from '#shared/core/outcome/tally.ts';
import type { BusEntry } from '#shared/ports.ts';
import { forgetOneEntry } from '../shared/planted-bus.ts';
import type { LaneWorldOptions } from './world.ts';

type Bug = Pick<LaneWorldOptions, 'plant' | 'deletesEarly'>;

const withLedger = (ports: FileLanePorts, changed: Partial<FileLanePorts['ledger']>): FileLanePorts => ({
  ...ports,
  ledger: new Proxy(ports.ledger, {
    get: (target, name) => Reflect.get(changed, name) ?? Reflect.get(target, name),
  }),
});

/** Tells the flow that entries are on the bus, and puts them there after its next checkpoint. */
function publishLater(ports: FileLanePorts): FileLanePorts {
  let kept: BusEntry[] = [];
  const changed = withLedger(ports, {
    checkpoint: async (chunk, step) => {
      const isMine = await ports.ledger.checkpoint(chunk, step);
      const entries = kept;
      kept = [];
      if (entries.length > 0) await ports.bus.put(entries);
      return isMine;
    },
  });
  return {
    ...changed,
    bus: {
      put: async entries => {
        if (entries.some(({ source }) => source === 'edge')) return ports.bus.put(entries);
        kept.push(...entries);
        return entries.map(() => ({ kind: 'accepted' }));
      },
    },
  };
}

/** Adds what it did to the books, whoever holds the chunk. */
function countFirst(ports: FileLanePorts): FileLanePorts {
  const before = new Map<number, Tally>();
  return withLedger(ports, {
    leaseChunk: async (chunk, lease) => {
      const leased = await ports.ledger.leaseChunk(chunk, lease);
      if (leased.kind === 'leased') before.set(chunk.n, leased.value.progress.tally);
      return leased;
    },
    checkpoint: async (chunk, { fencingToken, fromByte, progress }) => {
      const stored = (await ports.ledger.chunks(chunk.handoffId, chunk.pass)).find(({ n }) => n === chunk.n);
      if (!stored) throw new Error('no such chunk');
      const added = minus(progress.tally, before.get(chunk.n) ?? emptyTally);
      const tally = addTallies(stored.progress.tally, added);
      await ports.ledger.checkpoint(chunk, {
        fencingToken: stored.fencingToken,
        fromByte: stored.progress.nextByte,
        progress: { ...stored.progress, tally },
      });
      before.set(chunk.n, progress.tally);
      return ports.ledger.checkpoint(chunk, { fencingToken, fromByte, progress: { ...progress, tally } });
    },
  });
}

const minus = (a: Tally, b: Tally): Tally => {
  const difference = { ...a };
  for (const outcome of outcomes) difference[outcome] -= b[outcome];
  return difference;
};

/** Bugs as people write them, put around the ports. The simulation has to find each. */
export const plantedBugs: Readonly<Record<string, Bug>> = {
  'publishes after the checkpoint': { plant: publishLater },
  'counts before the fence': { plant: countFirst },
  'acknowledges before it settles': { deletesEarly: true },
  'forgets to release a claim': {
    plant: ports => withLedger(ports, { releaseFile: async () => undefined }),
  },
  'drops one entry of a failed call': { plant: ports => ({ ...ports, bus: forgetOneEntry(ports.bus) }) },
};
