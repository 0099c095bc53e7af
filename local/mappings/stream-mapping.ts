import type { InvocationResult } from '../lambda/function-spec.ts';
import type { LoggedRecord } from '../streams/record-log.ts';
import type { SourceShard, StreamSource } from '../streams/stream-source.ts';
import type { DeclaredMapping } from './event-source-mapping.ts';

/** An event source mapping from the shards of a stream to a function. */
export interface StreamMapping extends DeclaredMapping {
  readonly source: StreamSource;
  /** Whether the function is given a record, by its event; others are passed over. */
  readonly takes: (event: object) => boolean;
  readonly startsAt: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  /** Seconds to gather a batch. */
  readonly windowSeconds: number;
  /** Batches of one shard in work at once; the records of one key are always in the same. */
  readonly lanesPerShard: number;
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** Undefined: without end. */
  readonly retriesMax: number | undefined;
  readonly recordAgeSecondsMax: number | undefined;
  /** Where undelivered batches go; undefined: nowhere. */
  readonly destinationArn: string | undefined;
  /** Batches in work at once. */
  readonly concurrencyMax: number;
}

/** What a mapping does to the world. */
export interface MappingReach {
  invoke(payload: string): Promise<InvocationResult>;
  sendUndelivered(batch: UndeliveredRecords): Promise<void>;
  /** Called with what fails while nobody waits for an answer. */
  report(problem: string): void;
}

export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that a mapping tries no more. */
export interface UndeliveredRecords {
  readonly mapping: StreamMapping;
  readonly shard: SourceShard;
  readonly records: readonly LoggedRecord[];
  readonly condition: Condition;
  readonly invokes: number;
}
