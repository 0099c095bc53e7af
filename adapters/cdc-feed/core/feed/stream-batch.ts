import type { ChangeRecord } from '../change/change.ts';

/** Records of one shard or partition, in its order, as one call hands them over. */
export interface StreamBatch {
  /** The stream's, table's or topic's name. */
  readonly stream: string;
  /** The shard or partition; empty where the event does not name it (DynamoDB Streams). */
  readonly shard: string;
  readonly records: readonly StreamRecord[];
}

export interface StreamRecord {
  /** Names the record within its shard: a sequence number, or an offset. */
  readonly sequenceNumber: string;
  /** ISO 8601 UTC: when the stream took it. */
  readonly arrivedAt: string;
  readonly record: ChangeRecord;
}

/** How people and events name a record's place. */
export const placeOf = ({ stream, shard }: StreamBatch, { sequenceNumber }: StreamRecord): string =>
  [stream, shard, sequenceNumber].filter(Boolean).join('/');
