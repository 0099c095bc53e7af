import type { SQSEvent } from 'aws-lambda';
import { limits } from '#shared/contract/limits.ts';
import type { Queue } from '#shared/ports.ts';
import type { Faults } from './faults.ts';
import { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  receives: number;
  visibleAt: number;
  /** The newest; older ones are stale. */
  receiptHandle: string;
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly receives: number;
}

export interface SqsOptions {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly seed: string;
  readonly visibilitySeconds: number;
  /** Where a message goes that was received so often. */
  readonly deadLetters?: SqsQueue;
}

/**
 * A standard queue of SQS as its documentation describes it: at least once, in any order, with visibility timeouts, receipt handles
 * that only the newest receive may use, delays, and a dead-letter queue.
 */
export class SqsQueue implements Queue {
  readonly #options: SqsOptions;
  readonly #random: Random;
  readonly #messages = new Map<string, Message>();
  /** Called when a message may have become visible. */
  onVisible: () => void = () => undefined;
  #sent = 0;
  #handles = 0;

  constructor(options: SqsOptions) {
    this.#options = options;
    this.#random = new Random(`${options.seed} queue ${options.name}`);
  }

  async send(bodies: readonly object[], delaySeconds = 0): Promise<void> {
    for (const body of bodies) this.sendText(JSON.stringify(body), delaySeconds);
  }

  sendText(body: string, delaySeconds = 0): void {
    const bytes = Buffer.byteLength(body);
    if (bytes > limits.messageBytesMax) throw new RangeError(`a message of ${bytes} bytes is too large`);
    if (delaySeconds < 0 || delaySeconds > limits.delaySecondsMax)
      throw new RangeError(`a delay of ${delaySeconds} seconds`);
    this.#sent += 1;
    const id = `${this.#options.name}-${this.#sent}`;
    this.#messages.set(id, { id, body, receives: 0, visibleAt: 0, receiptHandle: '' });
    this.#hide(id, Math.ceil(delaySeconds));
  }

  receiveBatch(size: number): readonly ReceivedMessage[] {
    const batch: ReceivedMessage[] = [];
    // A batch names a message once.
    const isNew = ({ messageId }: ReceivedMessage) => batch.every(other => other.messageId !== messageId);
    for (let next = this.receive(); next && isNew(next); next = this.receive()) {
      batch.push(next);
      if (batch.length === size) break;
    }
    return batch;
  }

  /** Any message that is visible; a queue promises no order. */
  receive(): ReceivedMessage | undefined {
    const { scheduler, faults, name, deadLetters, visibilitySeconds } = this.#options;
    const visible = [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= scheduler.now());
    const message = this.#random.pick(visible);
    if (!message) return undefined;
    if (deadLetters && message.receives >= limits.receivesMax) {
      this.#messages.delete(message.id);
      deadLetters.sendText(message.body);
      return this.receive();
    }
    message.receives += 1;
    this.#handles += 1;
    message.receiptHandle = `handle-${this.#handles}`;
    const fault = faults.at(`${name}.receive`, ['deliver twice', 'become visible early']);
    if (fault?.kind === 'deliver twice') this.#hide(message.id, 0);
    else if (fault) this.#hide(message.id, fault.random.between(1, visibilitySeconds));
    else this.#hide(message.id, visibilitySeconds);
    const { id: messageId, body, receiptHandle, receives } = message;
    return { messageId, body, receiptHandle, receives };
  }

  /** With a stale handle it succeeds and deletes nothing. */
  delete(receiptHandle: string): void {
    const message = this.#byHandle(receiptHandle);
    if (!message) return;
    if (this.#options.faults.at(`${this.#options.name}.delete`, ['come again after deletion']))
      this.#hide(message.id, this.#random.between(1, 600));
    else this.#messages.delete(message.id);
  }

  async defer(receiptHandle: string, seconds: number): Promise<void> {
    if (seconds < 0 || seconds > limits.visibilitySecondsMax)
      throw new RangeError(`a visibility timeout of ${seconds} seconds`);
    const message = this.#byHandle(receiptHandle);
    if (!message) throw new Error('InvalidParameterValue: the receipt handle is not valid for this change');
    this.#hide(message.id, seconds);
  }

  /** Sends every message to another queue, as a redrive does. */
  redriveTo(queue: SqsQueue): number {
    const bodies = [...this.#messages.values()].map(({ body }) => body);
    this.#messages.clear();
    for (const body of bodies) queue.sendText(body);
    return bodies.length;
  }

  get bodies(): readonly string[] {
    return [...this.#messages.values()].map(({ body }) => body);
  }

  get size(): number {
    return this.#messages.size;
  }

  /** What is in it, and when it can be received. */
  describe(): readonly string[] {
    const now = this.#options.scheduler.now();
    return [...this.#messages.values()].map(
      ({ id, body, receives, visibleAt }) =>
        `${id} (${receives} receives, visible in ${Math.max(0, visibleAt - now) / 1000} s): ${body.slice(0, 300)}`,
    );
  }

  #byHandle(receiptHandle: string): Message | undefined {
    return [...this.#messages.values()].find(message => message.receiptHandle === receiptHandle);
  }

  #hide(id: string, seconds: number): void {
    const message = this.#messages.get(id);
    if (!message) return;
    message.visibleAt = this.#options.scheduler.now() + seconds * 1000;
    this.#options.scheduler.after(seconds * 1000, () => this.onVisible());
  }
}

/** Messages as Lambda gets them. */
export const sqsEvent = (batch: readonly ReceivedMessage[]): SQSEvent =>
  ({
    Records: batch.map(({ messageId, receiptHandle, body, receives }) => ({
      messageId,
      receiptHandle,
      body,
      attributes: { ApproximateReceiveCount: String(receives) },
    })),
  }) as SQSEvent;
