import { ShardLane } from './shard-lane.ts';
import type { MappingReach, StreamMapping } from './stream-mapping.ts';

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
