import type { MemoryObjects } from '#operate/memory/memory-objects.ts';
import type { Objects } from '#operate/ports.ts';
import type { LaneWorld } from '../file-lane/world.ts';

/** What operators read: the bus log, what the lane wrote into the raw bucket, and what partners dropped. */
export function allObjects({ ports: { files }, arrivals }: LaneWorld, others: MemoryObjects): Objects {
  return {
    list: async (store, page) => {
      if (store !== 'inbound') return others.list(store, page);
      const { prefix, after = '', limit } = page;
      return files
        .keys('inbound', prefix)
        .filter(key => key > after)
        .sort()
        .slice(0, limit)
        .map(key => ({
          key,
          bytes: files.text('inbound', key).length,
          modifiedAt: new Date(arrivals.get(key) ?? 0).toISOString(),
        }));
    },
    read: async (store, key, range) => {
      if (store !== 'raw') return others.read(store, key, range);
      return files.keys('raw').includes(key) ? Buffer.from(files.text('raw', key)) : undefined;
    },
  };
}
