import type { ChangeRecord } from '../change/change.ts';

/** Records of one shard or partition, in its order, as one call hands them over. */
export interface StreamBatch {
  /** The stream's, table's or topic's name. */
  readonly stream: string;
  /** The shard or partition; empty where the event does not name it (DynamoDB Streams). */
  readonly shard: string;
  /** Records in the event, as its reader counted them: what the books are held against. */
  readonly received: number;
  readonly records: readonly [StreamRecord, ...StreamRecord[]];
}

export interface StreamRecord {
  /** Names the record within its shard: a sequence number, or an offset. */
  readonly sequenceNumber: string;
  /** ISO 8601 UTC: when the stream took it. */
  readonly arrivedAt: string;
  readonly record: ChangeRecord;
}

/** How people and events name a record's place. */
export const placeOf = (
  { stream, shard }: Pick<StreamBatch, 'stream' | 'shard'>,
  { sequenceNumber }: Pick<StreamRecord, 'sequenceNumber'>,
): string => [stream, shard, sequenceNumber].filter(Boolean).join('/');

/** How a batch is named within its shard: from its first record to its last. */
export const spanOf = ({ records }: StreamBatch): string =>
  `${records[0].sequenceNumber}-${(records.at(-1) ?? records[0]).sequenceNumber}`;
