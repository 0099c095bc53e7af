import { ShardLane } from './shard-lane.ts';
import type { MappingReach, StreamMapping } from './stream-mapping.ts';

/** How many records of a shard a reader has settled, by mapping, shard and reader. */
export type Positions = Readonly<Record<string, number>>;

const lanesOf = (mapping: StreamMapping, positions: Positions): ReadonlyMap<string, ShardLane> =>
  new Map(
    mapping.source.shards.flatMap(shard =>
      Array.from({ length: mapping.lanesPerShard }, (_, number) => {
        const name = `${mapping.id}/${shard.id}/${number}`;
        return [name, new ShardLane(mapping, shard, { number, at: positions[name] })] as const;
      }),
    ),
  );

/** Reads all shards of a stream and hands their records to a function, in order. */
export class StreamPoller {
  readonly #mapping: StreamMapping;
  readonly #reach: MappingReach;
  readonly #stopped = new AbortController();
  readonly #lanes: ReadonlyMap<string, ShardLane>;
  #running: readonly Promise<void>[] = [];

  /** `positions`: where the readers of an earlier cloud were. */
  constructor(mapping: StreamMapping, reach: MappingReach, positions: Positions = {}) {
    this.#mapping = mapping;
    this.#reach = reach;
    this.#lanes = lanesOf(mapping, positions);
  }

  /** Where each reader is. */
  get positions(): Positions {
    return Object.fromEntries([...this.#lanes].map(([name, { settled }]) => [name, settled]));
  }

  start(): void {
    this.#running = [...this.#lanes.values()].map(lane => this.#run(lane));
  }

  /** Takes nothing more; what is in work ends with its function. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#running);
  }

  async #run(lane: ShardLane): Promise<void> {
    try {
      await lane.run(this.#reach, this.#stopped.signal);
    } catch (problem) {
      if (!this.#stopped.signal.aborted) this.#reach.report(`${this.#mapping.id} ended: ${problem}`);
    }
  }
}
