/** A record as the feed's function received it. */
export interface UndeliveredRecord {
  /** Its sequence number or offset, and the same as a number: its place among the records of its shard. */
  readonly id: string;
  readonly number: bigint;
  /** Partition key, item key or message key; undefined where it has none. Records of one key stay in order. */
  readonly key: string | undefined;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  readonly value: unknown;
  /** The same as text. */
  readonly json: string;
}

/** Records of one shard that Lambda wrote to the bucket of undelivered records together. */
export interface BatchPlace {
  /** Key of the object in that bucket. An object of Kafka holds a batch for each partition. */
  readonly object: string;
  /** Name of the data stream, table or topic. */
  readonly stream: string;
  /** The shard or partition. */
  readonly shard: string;
  /** Place of its first record. */
  readonly first: bigint;
  readonly count: number;
  /** When Lambda stopped trying: ISO 8601 UTC. */
  readonly undeliveredSince: string;
  /** Why, in Lambda's words. */
  readonly condition: string;
}

export interface UndeliveredBatch extends BatchPlace {
  readonly records: readonly [UndeliveredRecord, ...UndeliveredRecord[]];
  /** An event with some of the records, as the function takes it. */
  readonly eventOf: (records: readonly UndeliveredRecord[]) => object;
}

/** Names a shard among those of all streams. */
export const shardName = ({ stream, shard }: Pick<BatchPlace, 'stream' | 'shard'>): string =>
  `${stream}/${shard}`;

/** Names a record among those of all streams. */
export const recordName = (
  batch: Pick<BatchPlace, 'stream' | 'shard'>,
  { id }: Pick<UndeliveredRecord, 'id'>,
): string => `${shardName(batch)}/${id}`;
