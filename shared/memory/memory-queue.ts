import { limits } from '../contract/limits.ts';
import type { Queue } from '../ports.ts';

export class MemoryQueue implements Queue {
  /** Every body sent, in order, as it comes out of JSON. */
  readonly sent: Record<string, unknown>[] = [];
  readonly deferrals: { readonly receiptHandle: string; readonly seconds: number }[] = [];
  readonly #delays: number[] = [];
  #taken = 0;

  async send(bodies: readonly object[], delaySeconds = 0): Promise<void> {
    const texts = bodies.map(body => JSON.stringify(body));
    const tooLarge = texts.find(text => Buffer.byteLength(text) > limits.messageBytesMax);
    if (tooLarge) throw new RangeError(`a message of ${Buffer.byteLength(tooLarge)} bytes is too large`);
    this.sent.push(...texts.map(text => JSON.parse(text)));
    this.#delays.push(...texts.map(() => Math.min(Math.ceil(delaySeconds), limits.delaySecondsMax)));
  }

  async defer(receiptHandle: string, seconds: number): Promise<void> {
    this.deferrals.push({ receiptHandle, seconds });
  }

  /** The bodies sent since the last `take`: what a consumer would receive now. */
  take(): Record<string, unknown>[] {
    return this.takeDelayed().map(({ body }) => body);
  }

  /** As `take`, with the seconds before which no consumer receives each. */
  takeDelayed(): { readonly body: Record<string, unknown>; readonly delaySeconds: number }[] {
    const from = this.#taken;
    this.#taken = this.sent.length;
    return this.sent.slice(from).map((body, i) => ({ body, delaySeconds: this.#delays[from + i] ?? 0 }));
  }
}
