import { randomUUID } from 'node:crypto';
import type { DynamoTable, Item, Key } from '#shared/aws/dynamo-table.ts';
import type { Remembered } from '../core/webhook/remembered.ts';

/** What takes the place of what was remembered, in the attributes that Powertools gives its items. */
export interface Result {
  readonly data: Remembered;
  readonly validation: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Whether someone holds the right to do an item's work anew. */
export const isRetaken = ({ againUntil }: Item, now: number): boolean => Number(againUntil ?? 0) >= now;

/**
 * The right to do anew what Powertools remembers in one item: a lease beside the result, which stands meanwhile. Powertools itself
 * sees a finished item all the time.
 */
export class Retake {
  readonly #table: DynamoTable;
  readonly #key: Key;
  readonly #owner = randomUUID();

  constructor(table: DynamoTable, key: Key) {
    this.#table = table;
    this.#key = key;
  }

  /** False when someone else is at it, or `known` is remembered no more. */
  async begin({ status, answer }: Remembered, now: number, milliseconds: number): Promise<boolean> {
    const known = '#status = :completed AND #data.#status = :known AND #data.#answer.#body = :body';
    const free = 'attribute_not_exists(#againBy) OR #againBy = :owner OR #againUntil < :now';
    const leased = await this.#table.update(this.#key, {
      set: { againBy: this.#owner, againUntil: now + milliseconds },
      when: {
        expression: `${known} AND (${free})`,
        values: { completed: 'COMPLETED', known: status, body: answer.body, owner: this.#owner, now },
      },
    });
    return leased !== undefined;
  }

  /** Does nothing when the lease went to another, whose result will be the same delivery's. */
  async end(result: Result): Promise<void> {
    await this.#table.update(this.#key, {
      set: { ...result },
      remove: ['againBy', 'againUntil'],
      when: this.#mine(),
    });
  }

  async giveUp(): Promise<void> {
    await this.#table.update(this.#key, { remove: ['againBy', 'againUntil'], when: this.#mine() });
  }

  #mine() {
    return { expression: '#againBy = :owner', values: { owner: this.#owner } };
  }
}
