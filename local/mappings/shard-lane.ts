import { hashKeyOf } from '../kinesis/hash-key.ts';
import type { LoggedRecord } from '../streams/record-log.ts';
import type { SourceShard } from '../streams/stream-source.ts';
import { settleBatch } from './settle-batch.ts';
import type { MappingReach, StreamMapping } from './stream-mapping.ts';

/** What Lambda takes in one invocation. */
const payloadBytesMax = 6 * 1_048_576;

/** What ends a reader: the cloud stops, or its mapping is disabled. */
export interface PollerSignals {
  readonly stop: AbortSignal;
  readonly rest: AbortSignal;
}

/** Which of a shard's readers, and how far it is. */
export interface LanePlace {
  readonly number: number;
  readonly at?: number | undefined;
}

/** One of a shard's readers: of the records whose key falls to it, batch after batch, each finished before the next. */
export class ShardLane {
  readonly #mapping: StreamMapping;
  readonly #shard: SourceShard;
  readonly #number: number;
  /** The checkpoint: the first record that has not been looked at. */
  #next: number;
  #settled: number;

  /** `at`: where an earlier cloud's reader was. */
  constructor(mapping: StreamMapping, shard: SourceShard, { number, at }: LanePlace) {
    this.#mapping = mapping;
    this.#shard = shard;
    this.#number = number;
    this.#next = at ?? (mapping.startsAt === 'LATEST' ? shard.log.length : 0);
    this.#settled = this.#next;
  }

  /** The first record that is not settled. */
  get settled(): number {
    return this.#settled;
  }

  /** Until a signal is given; rejects with its reason. `rest`: what is in work is settled before. Begins at what is not settled. */
  async run(reach: MappingReach, { stop, rest }: PollerSignals): Promise<void> {
    this.#next = this.#settled;
    const signal = AbortSignal.any([stop, rest]);
    while (!signal.aborted) {
      const records = await this.#gather(signal);
      const place = { mapping: this.#mapping, shard: this.#shard, reach, stop, signal };
      if (!(await settleBatch(place, records))) return;
      this.#settled = this.#next;
    }
  }

  /** With a window, waits for a full batch until the window ends; without, takes what is there. */
  async #gather(signal: AbortSignal): Promise<readonly LoggedRecord[]> {
    const { batchSize, windowSeconds } = this.#mapping;
    const batch: LoggedRecord[] = [];
    let bytes = 0;
    let windowEnd = Number.POSITIVE_INFINITY;
    while (batch.length < batchSize) {
      const record = this.#shard.log.at(this.#next);
      if (!record) {
        if (!(await this.#more(windowEnd, signal))) break;
        continue;
      }
      const event = this.#isMine(record) && this.#shard.eventOf(record);
      if (event && this.#mapping.takes(event)) {
        bytes += JSON.stringify(event).length + 1;
        if (bytes > payloadBytesMax && batch.length > 0) break;
        if (batch.length === 0) windowEnd = Date.now() + windowSeconds * 1000;
        batch.push(record);
      }
      this.#next++;
    }
    return batch;
  }

  /** Whether a record came before `until` (epoch milliseconds). */
  async #more(until: number, signal: AbortSignal): Promise<boolean> {
    if (until === Number.POSITIVE_INFINITY) {
      await this.#shard.log.waitFor(this.#next, signal);
      return true;
    }
    const left = until - Date.now();
    if (left <= 0) return false;
    const over = AbortSignal.timeout(left);
    try {
      await this.#shard.log.waitFor(this.#next, AbortSignal.any([signal, over]));
      return true;
    } catch (problem) {
      if (over.aborted && !signal.aborted) return false;
      throw problem;
    }
  }

  #isMine({ orderKey }: LoggedRecord): boolean {
    const { lanesPerShard } = this.#mapping;
    return lanesPerShard === 1 || Number(hashKeyOf(orderKey) % BigInt(lanesPerShard)) === this.#number;
  }
}
