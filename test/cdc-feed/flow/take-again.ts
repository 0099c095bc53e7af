import type { Context } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { SecondTaking } from '#adapters/cdc-feed/core/feed/second-taking.ts';
import type { MemoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import type { CdcFeedPorts } from '#adapters/cdc-feed/ports.ts';
import { isTaken, type Quarantine, takenKey } from '#cli/redeliver/quarantined/quarantine.ts';
import { surveyQuarantine } from '#cli/redeliver/quarantined/survey-quarantine.ts';
import { type EndedChange, takeAll } from '#cli/redeliver/quarantined/take-all.ts';
import type { Wanted } from '#cli/redeliver/read-call.ts';
import { cdcFeed } from '#functions/cdc-feed.ts';
import type { MemoryFiles } from '#shared/memory/memory-files.ts';

/** A feed's part of a quarantine bucket in memory. */
export const memoryQuarantine = (files: MemoryFiles, feed: string): Quarantine => ({
  objects: async () => files.keys('quarantine', `${feed}/`).filter(key => !isTaken(feed, key)),
  read: async object =>
    (await files.head({ bucket: 'quarantine', key: object })) && files.text('quarantine', object),
  moveAway: async (object, content, takenAt) => {
    files.put('quarantine', takenKey(feed, object, takenAt), content);
    files.delete('quarantine', object);
  },
});

export const everything: Wanted = { code: undefined, from: undefined, to: undefined };

/** A feed's function, called as an operator calls it: by JSON. */
export const invoker = (feed: CdcFeed, ports: CdcFeedPorts, milliseconds = 60_000) => {
  const handler = cdcFeed(feed, ports);
  const context = { getRemainingTimeInMillis: () => milliseconds } as Context;
  return async (event: object): Promise<unknown> =>
    JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(event)) as SecondTaking, context)));
};

/** What the command does with what a feed put aside, under the contract as it is now. */
export async function takeAgain(
  feed: CdcFeed,
  ports: MemoryFeedPorts,
  { wanted = everything, invoke = invoker(feed, ports) } = {},
): Promise<EndedChange[]> {
  const quarantine = memoryQuarantine(ports.files, feed.id);
  const { changes } = await surveyQuarantine(quarantine, wanted);
  return takeAll(
    {
      quarantine,
      invoke,
      renew: async () => undefined,
      signal: new AbortController().signal,
      now: () => Date.UTC(2026, 0, 6),
    },
    changes,
  );
}

/** Contents of the objects that are still put aside, and of those that were taken, sorted by their keys. */
export const putAside = (files: MemoryFiles, feed: string) => contents(files, feed, false);
export const takenOf = (files: MemoryFiles, feed: string) => contents(files, feed, true);

const contents = (files: MemoryFiles, feed: string, taken: boolean): Record<string, unknown>[] =>
  files
    .keys('quarantine', `${feed}/`)
    .filter(key => isTaken(feed, key) === taken)
    .map(key => JSON.parse(files.text('quarantine', key)));
