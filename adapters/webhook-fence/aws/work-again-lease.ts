import { randomUUID } from 'node:crypto';
import type { DynamoTable, Item, Key } from '#shared/aws/dynamo-table.ts';
import type { Remembered } from '../core/webhook/remembered.ts';

/** The new result, in the attributes that Powertools gives its items. */
export interface StoredResult {
  readonly data: Remembered;
  readonly validation: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Whether a worker holds the lease of an item. */
export const isLeased = ({ againUntil }: Item, now: number): boolean => Number(againUntil ?? 0) >= now;

/**
 * The right to do the work of one finished item again: a lease stored beside the result. The result stays as it is meanwhile, and
 * Powertools sees a finished item all the time.
 */
export class WorkAgainLease {
  readonly #table: DynamoTable;
  readonly #key: Key;
  readonly #owner = randomUUID();

  constructor(table: DynamoTable, key: Key) {
    this.#table = table;
    this.#key = key;
  }

  /** False when another worker has the lease, or `known` is no longer remembered. */
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

  /**
   * Stores the result. False, and nothing stored, when another worker took the lease over. `doneBy` shows that an earlier attempt
   * of the same call, whose answer was lost, has stored it.
   */
  async complete(result: StoredResult): Promise<boolean> {
    const isMine = '#againBy = :owner OR (attribute_not_exists(#againBy) AND #doneBy = :owner)';
    const stored = await this.#table.update(this.#key, {
      set: { ...result, doneBy: this.#owner },
      remove: ['againBy', 'againUntil'],
      when: { expression: isMine, values: { owner: this.#owner } },
    });
    return stored !== undefined;
  }

  async release(): Promise<void> {
    await this.#table.update(this.#key, {
      remove: ['againBy', 'againUntil'],
      when: { expression: '#againBy = :owner', values: { owner: this.#owner } },
    });
  }
}
