import type { Context } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import {
  type ReprocessAnswer,
  type ReprocessRequest,
  reprocessAnswer,
} from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import { obstacleTo, storedChange } from '#adapters/cdc-feed/core/feed/stored-change.ts';
import type { MemoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import type { CdcFeedPorts } from '#adapters/cdc-feed/ports.ts';
import { cdcFeed } from '#functions/cdc-feed.ts';
import { objectReadings } from '#operate/core/quarantined-object.ts';
import { isTaken, takenKey } from '#operate/core/taken-key.ts';
import type { MemoryFiles } from '#shared/memory/memory-files.ts';

/** A feed's function, called as an operator calls it: by JSON. */
export const invoker = (feed: CdcFeed, ports: CdcFeedPorts, milliseconds = 60_000) => {
  const handler = cdcFeed(feed, ports);
  const context = { getRemainingTimeInMillis: () => milliseconds } as Context;
  return async (event: object): Promise<unknown> =>
    JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(event)) as ReprocessRequest, context)));
};

export type EndedChange = ReprocessAnswer['reprocessed'][number] & { readonly was: string };

/** Has a feed reprocess all that it quarantined, under the contract as it is now, and moves what is finished. */
export async function reprocess(
  feed: CdcFeed,
  { files, ...ports }: MemoryFeedPorts,
  { invoke = invoker(feed, { ...ports, files }), dryRun = false } = {},
): Promise<EndedChange[]> {
  const keys = files.keys('quarantine', `${feed.id}/`).filter(key => !isTaken(feed.id, key));
  const changes = keys
    .sort(objectReadings['cdc-feed'].compare)
    .map(key => ({ key, stored: storedChange.parse(JSON.parse(files.text('quarantine', key))) }))
    .filter(({ stored }) => !obstacleTo(stored));
  if (changes.length === 0) return [];
  const answer = await invoke({ reprocess: changes.map(({ stored }) => stored), dryRun });
  const { reprocessed } = reprocessAnswer.parse(answer);
  return reprocessed.map((ended, i) => {
    const { key, stored } = changes[i]!;
    const at = '2026-01-06T00:00:00.000Z';
    if (!dryRun && !['open', 'quarantined'].includes(ended.end)) {
      files.put(
        'quarantine',
        takenKey(feed.id, key, at),
        JSON.stringify({ ...stored, taken: { at, ...ended } }),
      );
      files.delete('quarantine', key);
    }
    return { ...ended, was: stored.code };
  });
}

/** Contents of the objects that are still quarantined, and of those that were taken, sorted by their keys. */
export const stillQuarantined = (files: MemoryFiles, feed: string) => contents(files, feed, false);
export const reprocessedOf = (files: MemoryFiles, feed: string) => contents(files, feed, true);

const contents = (files: MemoryFiles, feed: string, taken: boolean): Record<string, unknown>[] =>
  files
    .keys('quarantine', `${feed}/`)
    .filter(key => isTaken(feed, key) === taken)
    .map(key => JSON.parse(files.text('quarantine', key)));
