/** What carries the records to the feed's function. */
export type ChangeStream = KinesisStream | DynamoDbStream | KafkaTopics;

/** A Kinesis data stream, made with the feed or with another one of the same stage. */
export interface KinesisStream {
  readonly kind: 'kinesis';
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /**
   * The feed whose stack makes the stream, where it is another: so several feeds read the tables of one connector. Name, shards and retention
   * are those of that feed. It names the tables of this one in `skipTables`; this one skips all that it does not read.
   */
  readonly madeBy?: string;
  /**
   * Default 1: 1 MB or 1,000 records a second, at about a third of what `on-demand` costs while nothing comes. Too few delay
   * the database's connector; nothing is lost. An outbox has one.
   */
  readonly shards?: number | 'on-demand';
  /**
   * How long a record can be read again, 24 to 8,760. Default 72: time to be woken when the function is not called at all.
   * What is beyond 24 is paid by the hour. Undelivered records are stored in a bucket.
   */
  readonly retentionHours?: number;
}

/** The stream of a DynamoDB table that belongs to another stack; it must carry new and old images. Kept for 24 hours. */
export interface DynamoDbStream {
  readonly kind: 'dynamodb';
  /** The table's name. A stage may add a suffix, such as `loyalty-prod`: `sources` of edge.config.ts names its stream. */
  readonly table: string;
}

/** Topics of a Kafka cluster (MSK), which `sources` of edge.config.ts names. */
export interface KafkaTopics {
  readonly kind: 'kafka';
  readonly topics: readonly string[];
  /**
   * Event pollers of each topic that are always there (Lambda's provisioned mode, paid by the hour). Only then the function reports
   * where it stopped, and the contract's `retry` holds; without them Lambda brings whole batches, as often as it decides itself.
   */
  readonly pollers?: Pollers;
}

/** 1 to 200 at least, up to 2,000 at most. */
export interface Pollers {
  readonly min: number;
  readonly max: number;
}

/** Whether the mapping is told which records are not finished, and keeps to the contract's `retry`. */
export const isReported = (stream: ChangeStream): boolean =>
  stream.kind !== 'kafka' || stream.pollers !== undefined;

export const streamOptions: Readonly<Record<ChangeStream['kind'], readonly string[]>> = {
  kinesis: ['kind', 'name', 'madeBy', 'shards', 'retentionHours'],
  dynamodb: ['kind', 'table'],
  kafka: ['kind', 'topics', 'pollers'],
};

/** A stream with its defaults filled in. */
export type Stream = DataStream | DynamoDbStream | KafkaTopics;

export type DataStream = Required<Omit<KinesisStream, 'madeBy'>> & Pick<KinesisStream, 'madeBy'>;

export const streamOf = (stream: ChangeStream): Stream =>
  stream.kind === 'kinesis' ? { shards: 1, retentionHours: 72, ...stream } : stream;

/** Hours that a record can be read; undefined: each topic says it itself. Source: Amazon DynamoDB developer guide, streams: 24 hours. */
export function keptHours(stream: Stream): number | undefined {
  if (stream.kind === 'kinesis') return stream.retentionHours;
  return stream.kind === 'dynamodb' ? 24 : undefined;
}

/** How records are handed to the function. */
export interface Batch {
  /** Most records in one call, 1 to 10,000. Default 500. */
  readonly records?: number;
  /** How long records are gathered, 0 to 300. Default 1. */
  readonly windowSeconds?: number;
}

export const batchOptions = ['records', 'windowSeconds'];

/**
 * When the mapping sends a batch to its failure destination. Bad records never fail a batch: what is retried is our own
 * trouble (bus, buckets, rights, a crash), so the default is to wait for long.
 */
export interface Retry {
  /** Age, in seconds, at which records become undelivered, 60 to 604,800. Default 21,600: six hours. */
  readonly recordAgeSecondsMax?: number;
  /** Attempts, 0 to 10,000. Default without limit. */
  readonly attemptsMax?: number;
}

export const retryOptions = ['recordAgeSecondsMax', 'attemptsMax'];
