import type { Context } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { type MemoryFeedPorts, memoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import type { CdcFeedPorts } from '#adapters/cdc-feed/ports.ts';
import { cdcFeed } from '#functions/cdc-feed.ts';
import { eventOf, type OnShard } from '#test/cdc-feed/flow/stream-events.ts';
import type { Process, Seen } from '../shared/process.ts';
import type { World } from '../shared/run.ts';
import { Sky, type SkyOptions } from '../shared/sky.ts';
import { brokenInvariants } from './invariants.ts';
import { feedMarks } from './marks.ts';
import { makeScenario, type Scenario } from './scenario.ts';

/** Changes the ports of each invocation, as a bug in the flow would. */
export type FeedPlant = (ports: CdcFeedPorts) => CdcFeedPorts;

export interface FeedWorldOptions extends SkyOptions {
  readonly plant?: FeedPlant | undefined;
  /** A bug: the shard goes on before the batch is finished. */
  readonly goesOnEarly?: boolean | undefined;
}

const functionSeconds = 60;

/** One feed over one shard, all in memory. The shard brings a batch until it is finished, from the first record that is not. */
export class FeedWorld implements World {
  readonly scenario: Scenario;
  readonly sky: Sky;
  readonly ports: MemoryFeedPorts = memoryFeedPorts();
  /** Times that the operator raised the epoch. */
  epoch = 0;
  readonly #options: FeedWorldOptions;
  readonly #feeds = new Map<number, CdcFeed>();
  #checkpoint = 0;
  #size: number;
  #failures = 0;

  constructor(options: FeedWorldOptions) {
    this.#options = options;
    this.sky = new Sky(options, ['files', 'bus', 'highMarks', 'changesQueue', 'books'], seen =>
      this.#mark(seen),
    );
    this.scenario = makeScenario(this.sky.random('scenario'));
    this.#size = this.scenario.batchRecords;
    this.sky.scheduler.after(0, () => this.#poll());
  }

  get isAtRest(): boolean {
    return this.#checkpoint >= this.scenario.records.length && this.sky.running.size === 0;
  }

  /** Where the feed stopped because the log was set back, the operator raises the epoch, as the runbook says. */
  redrive(): number {
    if (this.isAtRest) return 0;
    const stopped = this.ports.log.lines.findLast(({ event }) => event === 'batch stopped');
    if (stopped?.fields.code === 'POSITION_FELL') this.epoch += 1;
    return 0;
  }

  broken(): Promise<readonly string[]> {
    return brokenInvariants(this);
  }

  waiting(): readonly string[] {
    const last = this.ports.log.lines.findLast(({ level }) => level === 'error');
    return [
      `the shard is at record ${this.#checkpoint} of ${this.scenario.records.length}, after ${this.#failures} failures`,
      `the last error is ${last?.event}: ${JSON.stringify(last?.fields)}`,
    ];
  }

  state(): unknown {
    const { bus, files, log } = this.ports;
    return [bus.accepted, files.keys('raw'), files.keys('quarantine'), log.lines.length, this.epoch];
  }

  #poll(): void {
    const batch = this.scenario.records.slice(this.#checkpoint, this.#checkpoint + this.#size);
    if (batch.length === 0) return;
    const from = this.#checkpoint;
    if (this.#options.goesOnEarly) this.#checkpoint += batch.length;
    if (this.sky.faults.at('shard.batch', ['deliver twice'])) this.#invoke(batch, () => undefined);
    let failed: number | undefined = 0;
    const read = (first: number | undefined) => {
      failed = first;
    };
    this.#invoke(batch, read, () => this.#goOn(from, { read: failed ?? batch.length, of: batch.length }));
  }

  /** A batch that failed whole is halved. A checkpoint can be lost. */
  #goOn(from: number, { read, of }: { readonly read: number; readonly of: number }): void {
    const isLost = this.sky.faults.at('shard.checkpoint', ['come again after deletion']);
    if (!this.#options.goesOnEarly) this.#checkpoint = isLost ? Math.max(0, from - 5) : from + read;
    this.#failures = read === 0 ? this.#failures + 1 : 0;
    this.#size = read === 0 ? Math.max(1, Math.ceil(of / 2)) : this.scenario.batchRecords;
    const waits = Math.min(300, 2 ** Math.min(9, this.#failures));
    this.sky.scheduler.after(read === 0 ? waits * 1000 : 1, () => this.#poll());
  }

  /** Tells the index of the first record that is not finished. */
  #invoke(
    batch: readonly OnShard[],
    onAnswer: (failed: number | undefined) => void,
    onEnd?: () => void,
  ): void {
    const feed = this.#feedNow();
    const work = async (process: Process, getRemainingTimeInMillis: () => number) => {
      const context = { awsRequestId: process.id, getRemainingTimeInMillis } as Context;
      const wrapped = process.wrap<CdcFeedPorts>(this.ports);
      const handler = cdcFeed(feed, this.#options.plant?.(wrapped) ?? wrapped);
      const { batchItemFailures } = await handler(eventOf(feed, batch), context);
      const id = batchItemFailures[0]?.itemIdentifier;
      const first = typeof id === 'object' ? String(id.offset) : id;
      if (first !== undefined) this.sky.marks.add('stopped within a batch');
      onAnswer(
        first === undefined ? undefined : batch.findIndex(({ sequenceNumber }) => sequenceNumber === first),
      );
    };
    this.sky.invoke(functionSeconds, work, onEnd);
  }

  /** The contract as it is deployed: as the scenario says, with the epoch that the operator raised. */
  #feedNow(): CdcFeed {
    const known = this.#feeds.get(this.epoch) ?? this.scenario.way.feed(this.epoch);
    this.#feeds.set(this.epoch, known);
    return known;
  }

  #mark(seen: Seen): void {
    for (const [mark, isMet] of Object.entries(feedMarks)) if (isMet(seen)) this.sky.marks.add(mark);
  }
}
