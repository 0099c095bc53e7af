import type { CdcFeedPorts } from '#adapters/cdc-feed/ports.ts';
import type { BusEntry } from '#shared/ports.ts';
import { forgetOneEntry } from '../shared/planted-bus.ts';
import type { FeedWorldOptions } from './world.ts';

type Bug = Pick<FeedWorldOptions, 'plant' | 'goesOnEarly'>;

/** Tells the flow that entries are on the bus, and puts them there once the books are kept. */
function publishLater(ports: CdcFeedPorts): CdcFeedPorts {
  let kept: BusEntry[] = [];
  return {
    ...ports,
    bus: {
      put: async entries => {
        kept.push(...entries);
        return entries.map(() => ({ kind: 'accepted' }));
      },
    },
    books: {
      keep: async entry => {
        await ports.books.keep(entry);
        const entries = kept;
        kept = [];
        // Nobody waits for it any more.
        ports.bus.put(entries).catch(() => undefined);
      },
    },
  };
}

/** Bugs as people write them, put around the ports. The simulation has to find each. */
export const plantedFeedBugs: Readonly<Record<string, Bug>> = {
  'publishes after the books are closed': { plant: publishLater },
  'goes on before the batch is finished': { goesOnEarly: true },
  'drops one entry of a failed call': { plant: ports => ({ ...ports, bus: forgetOneEntry(ports.bus) }) },
};
