import type { LoggedRecord, RecordLog } from './record-log.ts';

/** A shard as an event source mapping reads it. */
export interface SourceShard<R extends LoggedRecord = LoggedRecord> {
  readonly id: string;
  readonly log: RecordLog<R>;
  /** The record as a function gets it, in `Records`. */
  eventOf(record: R): object;
}

/** A stream as an event source mapping reads it. */
export interface StreamSource {
  readonly arn: string;
  /** How messages to a failure destination call what they say of the batch. */
  readonly batchInfo: 'KinesisBatchInfo' | 'DDBStreamBatchInfo';
  readonly shards: readonly SourceShard[];
}
