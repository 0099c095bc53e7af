import { arnResource } from '../aws-names.ts';
import type { Chaos, Redelivery } from '../chaos/chaos.ts';
import type { InvocationResult } from '../lambda/function-spec.ts';
import type { Queues, ReceivedMessage } from '../sqs/queues.ts';
import type { DeclaredMapping, Poller } from './event-source-mapping.ts';
import { failedMessages, sqsRecord } from './sqs-event.ts';

export interface QueueMapping extends DeclaredMapping {
  readonly region: string;
  readonly batchSize: number;
  /** Seconds to gather a batch. */
  readonly windowSeconds: number;
  /** Batches in work at once. */
  readonly concurrencyMax: number;
  readonly reportsItemFailures: boolean;
}

/** What a mapping reads, and what it does to the world. */
export interface QueueReach {
  readonly queues: Queues;
  readonly invoke: Invoke;
  /** Makes messages come more than once. */
  readonly chaos?: Chaos | undefined;
  /** Called with what fails while nobody waits for an answer. */
  report(problem: string): void;
}

export type Invoke = (payload: string) => Promise<InvocationResult>;

/** Long-poll seconds. Lambda polls for 20; a mapping that is disabled here waits for the end of a poll. */
const waitSeconds = 2;
/** Messages that SQS gives at most in one receive. */
const receiveMax = 10;

/** Polls a queue and hands its messages to a function; what fails comes back when its visibility timeout ends. */
export class QueuePoller implements Poller {
  readonly #mapping: QueueMapping;
  readonly #reach: QueueReach;
  readonly #working = new Set<Promise<void>>();
  #stopped = false;
  #resting = false;
  #loop: Promise<void> | undefined;

  constructor(mapping: QueueMapping, reach: QueueReach) {
    this.#mapping = mapping;
    this.#reach = reach;
  }

  start(): void {
    this.#resting = false;
    this.#loop = this.#poll().catch((problem: unknown) => this.#reach.report(`polling ended: ${problem}`));
  }

  /** What the last poll brings is worked on. */
  async rest(): Promise<void> {
    this.#resting = true;
    await this.#loop;
    await Promise.all(this.#working);
  }

  /** Takes no more; call before the queues are stopped, and await after. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
    await Promise.all(this.#working);
  }

  async #poll(): Promise<void> {
    while (!this.#stopped && !this.#resting) {
      while (this.#working.size >= this.#mapping.concurrencyMax) await Promise.race(this.#working);
      const messages = await this.#gather();
      if (messages.length > 0 && !this.#stopped) this.#begin(messages);
    }
  }

  /** With a window, waits for a full batch until the window ends; without, takes what is there. */
  async #gather(): Promise<readonly ReceivedMessage[]> {
    const { batchSize, windowSeconds } = this.#mapping;
    const batch = [...(await this.#receive(Math.min(batchSize, receiveMax), waitSeconds))];
    const windowEnd = Date.now() + windowSeconds * 1000;
    while (batch.length > 0 && batch.length < batchSize && !this.#stopped) {
      const leftSeconds = Math.ceil((windowEnd - Date.now()) / 1000);
      const more = await this.#receive(
        Math.min(batchSize - batch.length, receiveMax),
        Math.max(0, Math.min(leftSeconds, waitSeconds)),
      );
      if (more.length === 0) break;
      batch.push(...more);
    }
    return batch;
  }

  async #receive(max: number, seconds: number): Promise<readonly ReceivedMessage[]> {
    try {
      return await this.#reach.queues.receive(this.#mapping.sourceArn, max, seconds);
    } catch (problem) {
      if (this.#stopped) return [];
      throw problem;
    }
  }

  #begin(messages: readonly ReceivedMessage[]): void {
    const work = this.#handle(messages)
      .catch((problem: unknown) => {
        if (!this.#stopped) this.#reach.report(String(problem));
      })
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #handle(messages: readonly ReceivedMessage[]): Promise<void> {
    const { sourceArn, region, reportsItemFailures, functionName } = this.#mapping;
    const again = this.#reach.chaos?.redeliveryOf(arnResource(sourceArn));
    if (again && again.fault !== 'came again after it was deleted') await this.#showAgain(messages, again);
    const Records = messages.map(message => sqsRecord(message, sourceArn, region));
    const result = await this.#reach.invoke(JSON.stringify({ Records }));
    if (this.#stopped) return;
    if (result.kind === 'error') {
      this.#reach.report(`${functionName}: ${result.errorType}: ${result.errorMessage}`);
      return;
    }
    const ids = messages.map(message => message.MessageId);
    const failed = reportsItemFailures ? failedMessages(result.payload, ids) : new Set<string>();
    const finished = messages.filter(({ MessageId }) => !failed.has(MessageId));
    if (again?.fault === 'came again after it was deleted') await this.#showAgain(finished, again);
    else for (const { ReceiptHandle } of finished) await this.#reach.queues.delete(sourceArn, ReceiptHandle);
  }

  /** Messages are received again soon, whatever becomes of them: their receipt handles are stale then. */
  async #showAgain(messages: readonly ReceivedMessage[], { seconds }: Redelivery): Promise<void> {
    const { sourceArn } = this.#mapping;
    for (const { ReceiptHandle } of messages)
      await this.#reach.queues.hide(sourceArn, ReceiptHandle, seconds);
  }
}
