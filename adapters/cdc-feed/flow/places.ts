import type { CdcFeed } from '../contract/cdc-feed.ts';
import { type StreamBatch, type StreamRecord, spanOf } from '../core/feed/stream-batch.ts';

/** Where a feed keeps things: keys in the raw and quarantine buckets and in the ledger. The same batch, record or shard has the same key. */

const folderOf = (feed: CdcFeed, { stream, shard }: StreamBatch): string =>
  [feed.id, stream, shard].filter(Boolean).join('/');

/** A batch's records, from its first to its last. */
export const rawKey = (feed: CdcFeed, batch: StreamBatch): string =>
  `${folderOf(feed, batch)}/${spanOf(batch)}.records`;

/** The high mark of a shard, in the ledger. */
export const markKey = (feed: CdcFeed, { stream, shard }: StreamBatch): string =>
  `${feed.id}#mark#${stream}#${shard}`;

export const quarantineKey = (feed: CdcFeed, batch: StreamBatch, { sequenceNumber }: StreamRecord): string =>
  `${folderOf(feed, batch)}/${sequenceNumber}.json`;
