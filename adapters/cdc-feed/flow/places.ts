import type { CdcFeed } from '../contract/cdc-feed.ts';
import { type StreamBatch, type StreamRecord, spanOf } from '../core/feed/stream-batch.ts';

/** Where a feed keeps things: keys in the raw and quarantine buckets and in the ledger. The same batch, record or shard has the same key. */

const folderOf = (feed: CdcFeed, { stream, shard }: StreamBatch): string =>
  [feed.id, stream, shard].filter(Boolean).join('/');

/** A batch's records, from its first to its last, under the UTC day on which the stream took the first. */
export function rawKey({ id }: CdcFeed, batch: StreamBatch): string {
  const day = batch.records[0].arrivedAt.slice(0, 10).replaceAll('-', '/');
  return [id, day, batch.stream, batch.shard, `${spanOf(batch)}.records`].filter(Boolean).join('/');
}

/** The high mark of a shard, in the ledger. */
export const markKey = (feed: CdcFeed, { stream, shard }: StreamBatch): string =>
  `${feed.id}#mark#${stream}#${shard}`;

export const quarantineKey = (feed: CdcFeed, batch: StreamBatch, { sequenceNumber }: StreamRecord): string =>
  `${folderOf(feed, batch)}/${sequenceNumber}.json`;
