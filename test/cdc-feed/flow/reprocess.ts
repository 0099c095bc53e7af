import type { Context } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { ReprocessRequest } from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import type { MemoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import type { CdcFeedPorts } from '#adapters/cdc-feed/ports.ts';
import { isReprocessed, type Quarantine, reprocessedKey } from '#cli/redeliver/quarantined/quarantine.ts';
import { type EndedChange, reprocessAll } from '#cli/redeliver/quarantined/reprocess-all.ts';
import { surveyQuarantine } from '#cli/redeliver/quarantined/survey-quarantine.ts';
import type { ChangeFilter } from '#cli/redeliver/read-call.ts';
import { cdcFeed } from '#functions/cdc-feed.ts';
import type { MemoryFiles } from '#shared/memory/memory-files.ts';

/** A feed's part of a quarantine bucket in memory. */
export const memoryQuarantine = (files: MemoryFiles, feed: string): Quarantine => ({
  objects: async () => files.keys('quarantine', `${feed}/`).filter(key => !isReprocessed(feed, key)),
  read: async object =>
    (await files.head({ bucket: 'quarantine', key: object })) && files.text('quarantine', object),
  moveAway: async (object, content, takenAt) => {
    files.put('quarantine', reprocessedKey(feed, object, takenAt), content);
    files.delete('quarantine', object);
  },
});

export const everything: ChangeFilter = { code: undefined, from: undefined, to: undefined };

/** A feed's function, called as an operator calls it: by JSON. */
export const invoker = (feed: CdcFeed, ports: CdcFeedPorts, milliseconds = 60_000) => {
  const handler = cdcFeed(feed, ports);
  const context = { getRemainingTimeInMillis: () => milliseconds } as Context;
  return async (event: object): Promise<unknown> =>
    JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(event)) as ReprocessRequest, context)));
};

/** What the command does with what a feed quarantined, under the contract as it is now. */
export async function reprocess(
  feed: CdcFeed,
  ports: MemoryFeedPorts,
  { filter = everything, invoke = invoker(feed, ports) } = {},
): Promise<EndedChange[]> {
  const quarantine = memoryQuarantine(ports.files, feed.id);
  const { changes } = await surveyQuarantine(quarantine, filter);
  return reprocessAll(
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

/** Contents of the objects that are still quarantined, and of those that were taken, sorted by their keys. */
export const stillQuarantined = (files: MemoryFiles, feed: string) => contents(files, feed, false);
export const reprocessedOf = (files: MemoryFiles, feed: string) => contents(files, feed, true);

const contents = (files: MemoryFiles, feed: string, taken: boolean): Record<string, unknown>[] =>
  files
    .keys('quarantine', `${feed}/`)
    .filter(key => isReprocessed(feed, key) === taken)
    .map(key => JSON.parse(files.text('quarantine', key)));
