import type { InvocationResult } from '../lambda/function-spec.ts';
import type { StreamSource } from '../streams/stream-source.ts';
import type { GivenUp } from './failure-message.ts';
import { ShardLane } from './shard-lane.ts';

/** An event source mapping from the shards of a stream to a function. */
export interface StreamMapping {
  readonly id: string;
  readonly source: StreamSource;
  readonly functionName: string;
  readonly functionArn: string;
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
  /** Where batches go that are given up; undefined: nowhere. */
  readonly destinationArn: string | undefined;
  /** Batches in work at once. */
  readonly concurrencyMax: number;
}

/** What a mapping does to the world. */
export interface MappingReach {
  invoke(payload: string): Promise<InvocationResult>;
  giveUp(batch: GivenUp): Promise<void>;
  /** Told of what fails without anybody waiting for an answer. */
  report(problem: string): void;
}

/** Reads all shards of a stream and hands their records to a function, in order. */
export class StreamPoller {
  readonly #mapping: StreamMapping;
  readonly #reach: MappingReach;
  readonly #stopped = new AbortController();
  #lanes: readonly Promise<void>[] = [];

  constructor(mapping: StreamMapping, reach: MappingReach) {
    this.#mapping = mapping;
    this.#reach = reach;
  }

  start(): void {
    const { source, lanesPerShard } = this.#mapping;
    this.#lanes = source.shards.flatMap(shard =>
      Array.from({ length: lanesPerShard }, (_, n) => this.#run(new ShardLane(this.#mapping, shard, n))),
    );
  }

  /** Takes nothing more; what is in work ends with its function. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#lanes);
  }

  async #run(lane: ShardLane): Promise<void> {
    try {
      await lane.run(this.#reach, this.#stopped.signal);
    } catch (problem) {
      if (!this.#stopped.signal.aborted) this.#reach.report(`${this.#mapping.id} ended: ${problem}`);
    }
  }
}
