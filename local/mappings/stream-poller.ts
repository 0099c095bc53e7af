import type { Poller } from './event-source-mapping.ts';
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
export class StreamPoller implements Poller {
  readonly #mapping: StreamMapping;
  readonly #reach: MappingReach;
  readonly #stopped = new AbortController();
  #resting = new AbortController();
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
    this.#resting = new AbortController();
    this.#running = [...this.#lanes.values()].map(lane => this.#run(lane));
  }

  async rest(): Promise<void> {
    this.#resting.abort();
    await Promise.all(this.#running);
  }

  /** Takes nothing more; what is in work ends with its function. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#running);
  }

  async #run(lane: ShardLane): Promise<void> {
    const signals = { stop: this.#stopped.signal, rest: this.#resting.signal };
    try {
      await lane.run(this.#reach, signals);
    } catch (problem) {
      if (!signals.stop.aborted && !signals.rest.aborted)
        this.#reach.report(`${this.#mapping.id} ended: ${problem}`);
    }
  }
}
