import type { Context } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { type MemoryFeedPorts, memoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import { type CdcFeedHandler, cdcFeed } from '#functions/cdc-feed.ts';
import { type CrashPlan, faulty } from '#shared/memory/faulty.ts';
import type { LogLine } from '#shared/memory/memory-log.ts';
import { eventOf, type OnShard, type PutRecord } from './stream-events.ts';

export interface SimulatorOptions {
  /** Records in one batch, or how many the next one has. Default 100. */
  readonly batchRecords?: number | (() => number);
  readonly crash?: CrashPlan;
  /** Batches that may fail in a row before the simulation gives up. Default 20. */
  readonly failuresMax?: number;
  readonly invocationMilliseconds?: number;
}

export interface FeedEventDetail {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: Record<string, unknown>;
  readonly [attribute: string]: unknown;
}

/** One feed on in-memory ports, over one shard that behaves as its stream does: checkpoint, partial failures, redelivery. */
export class FeedSimulator {
  readonly ports: MemoryFeedPorts = memoryFeedPorts();
  /** What each call was answered: the failing sequence number, `thrown`, or nothing. */
  readonly answers: (string | undefined)[] = [];
  /** Calls of the ports so far, counted where a crash is planned. */
  calls = 0;
  #feed: CdcFeed;
  readonly #options: SimulatorOptions;
  #handler: CdcFeedHandler;
  readonly #shard: OnShard[] = [];
  #checkpoint = 0;

  constructor(feed: CdcFeed, options: SimulatorOptions = {}) {
    this.#feed = feed;
    this.#options = options;
    this.#handler = cdcFeed(feed, this.ports);
  }

  /** Goes on with another contract, as after a deployment. */
  deploy(feed: CdcFeed): this {
    this.#feed = feed;
    this.#handler = cdcFeed(feed, this.ports);
    return this;
  }

  put(...records: readonly PutRecord[]): this {
    for (const record of records) this.#shard.push(this.#onShard(record, this.#shard.length + 1));
    return this;
  }

  /** Works until the shard is read, or fails as often in a row as it may. */
  async run(): Promise<this> {
    for (let failures = 0; this.#checkpoint < this.#shard.length; ) {
      const batch = this.#shard.slice(this.#checkpoint, this.#checkpoint + this.#size());
      const before = this.#checkpoint;
      this.#checkpoint += await this.#invoke(batch);
      failures = this.#checkpoint === before ? failures + 1 : 0;
      if (failures > (this.#options.failuresMax ?? 20)) break;
    }
    return this;
  }

  /** Reads the shard again from the start, as after a lost checkpoint. */
  rewind(): this {
    this.#checkpoint = 0;
    return this;
  }

  /** Records that are still to be read. */
  get left(): number {
    return this.#shard.length - this.#checkpoint;
  }

  get sequenceNumbers(): string[] {
    return this.#shard.map(({ sequenceNumber }) => sequenceNumber);
  }

  #size(): number {
    const { batchRecords = 100 } = this.#options;
    return typeof batchRecords === 'number' ? batchRecords : batchRecords();
  }

  #onShard(record: PutRecord, number: number): OnShard {
    const digits = this.#feed.stream.kind === 'kafka' ? 1 : 56;
    const sequenceNumber =
      this.#feed.stream.kind === 'kinesis' ? `4959${number}`.padStart(digits, '0') : `${number}`;
    return { ...record, sequenceNumber, arrivedAtSeconds: 1_767_600_000 + number };
  }

  /** How many records of the batch are finished. */
  async #invoke(batch: readonly OnShard[]): Promise<number> {
    const { crash, invocationMilliseconds = 60_000 } = this.#options;
    const ends = this.ports.clock.now() + invocationMilliseconds;
    const context = { getRemainingTimeInMillis: () => ends - this.ports.clock.now() } as Context;
    const ports = crash && faulty(this.ports, { ...crash, at: crash.at - this.calls });
    const handler = ports ? cdcFeed(this.#feed, ports) : this.#handler;
    try {
      const { batchItemFailures } = await handler(eventOf(this.#feed, batch), context);
      const [failed] = batchItemFailures;
      const id = failed?.itemIdentifier;
      const first = typeof id === 'object' ? String(id.offset) : id;
      this.answers.push(first);
      if (first === undefined) return batch.length;
      return batch.findIndex(({ sequenceNumber }) => sequenceNumber === first);
    } catch (error) {
      this.answers.push(`thrown: ${String(error)}`);
      return 0;
    } finally {
      this.calls += ports?.calls.length ?? 0;
    }
  }

  events(): FeedEventDetail[] {
    return this.ports.bus.details() as FeedEventDetail[];
  }

  /** Events of the feed itself, without those of the suite. */
  facts(): FeedEventDetail[] {
    return this.events().filter(({ source }) => source !== 'edge');
  }

  quarantined(): Record<string, unknown>[] {
    const { files } = this.ports;
    return files.keys('quarantine').map(key => JSON.parse(files.text('quarantine', key)));
  }

  lines(event: string): LogLine[] {
    return this.ports.log.lines.filter(line => line.event === event);
  }

  /** Sums over all batches. */
  tally(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { fields } of this.lines('batch settled'))
      for (const name of [
        'received',
        'published',
        'duplicate',
        'quarantined',
        'rejected',
        'skipped',
        'again',
      ])
        sums[name] = (sums[name] ?? 0) + Number(fields[name]);
    return sums;
  }
}
