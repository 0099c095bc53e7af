/** A record as the feed's function was given it. */
export interface GivenRecord {
  /** Its sequence number or offset, and the same as a number: its place among the records of its shard. */
  readonly id: string;
  readonly number: bigint;
  /** Partition key, item key or message key; undefined where it has none. What has the same key stays in order. */
  readonly key: string | undefined;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  readonly value: unknown;
  /** The same as text. */
  readonly json: string;
}

/** Where records of one shard lie that were given up together. */
export interface BatchPlace {
  /** Key of the object in the bucket of undelivered records. Kafka's has a batch for each partition. */
  readonly object: string;
  /** Name of the data stream, table or topic. */
  readonly stream: string;
  /** The shard or partition. */
  readonly shard: string;
  /** Place of its first record. */
  readonly first: bigint;
  readonly count: number;
  /** When its first record arrived, and when it was given up: ISO 8601 UTC. */
  readonly since: string;
  readonly givenUpAt: string;
  /** Why, as Lambda says it. */
  readonly condition: string;
}

export interface GivenUpBatch extends BatchPlace {
  readonly records: readonly GivenRecord[];
  /** An event with some of the records, as the function takes it. */
  readonly eventOf: (records: readonly GivenRecord[]) => object;
}

/** Names a shard among those of all streams. */
export const shardName = ({ stream, shard }: Pick<BatchPlace, 'stream' | 'shard'>): string =>
  `${stream}/${shard}`;
