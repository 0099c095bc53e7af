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

const leaseAttributes = ['againBy', 'againUntil', 'againPayload', 'againFirst'];

/** Whether a worker had the lease of an item, died or failed, and may have published. */
export const isHeld = (item: Item, now: number): boolean =>
  item.againBy !== undefined && !isLeased(item, now);

/** Whether a worker holds the lease of an item. */
export const isLeased = ({ againUntil }: Item, now: number): boolean => Number(againUntil ?? 0) >= now;

/**
 * The right to do the work of one finished item again: a lease stored beside the result. The result stays as it is meanwhile, and
 * Powertools sees a finished item all the time.
 */
export class WorkAgainLease {
  readonly #table: DynamoTable;
  readonly #key: Key;
  readonly #payload: string;
  readonly #owner = randomUUID();
  #isInherited = false;

  /** `payload`: hash of what the work is done for. */
  constructor(table: DynamoTable, key: Key, payload: string) {
    this.#table = table;
    this.#key = key;
    this.#payload = payload;
  }

  /** Whether a worker with the same payload had the lease before, and may have published. */
  get isInherited(): boolean {
    return this.#isInherited;
  }

  /**
   * `busy`: another worker has the lease, or `known` is no longer remembered. `held`: a worker with another payload had it, and may
   * have published.
   */
  async begin(
    { status, answer }: Remembered,
    now: number,
    milliseconds: number,
  ): Promise<'mine' | 'busy' | 'held'> {
    const known = '#status = :completed AND #data.#status = :known AND #data.#answer.#body = :body';
    const over = '#againUntil < :now AND #againPayload = :payload';
    const free = `attribute_not_exists(#againBy) OR #againBy = :owner OR (${over})`;
    const leased = await this.#table.update(this.#key, {
      set: { againBy: this.#owner, againUntil: now + milliseconds, againPayload: this.#payload },
      setOnce: { againFirst: this.#owner },
      when: {
        expression: `${known} AND (${free})`,
        values: {
          completed: 'COMPLETED',
          known: status,
          body: answer.body,
          owner: this.#owner,
          now,
          payload: this.#payload,
        },
      },
    });
    if (leased) {
      this.#isInherited = leased.againFirst !== this.#owner;
      return 'mine';
    }
    const item = await this.#table.get(this.#key);
    return item && isHeld(item, now) && item.againPayload !== this.#payload ? 'held' : 'busy';
  }

  /**
   * Stores the result. False, and nothing stored, when another worker took the lease over. `doneBy` shows that an earlier attempt
   * of the same call, whose answer was lost, has stored it.
   */
  async complete(result: StoredResult): Promise<boolean> {
    const isMine = '#againBy = :owner OR (attribute_not_exists(#againBy) AND #doneBy = :owner)';
    const stored = await this.#table.update(this.#key, {
      set: { ...result, doneBy: this.#owner },
      remove: leaseAttributes,
      when: { expression: isMine, values: { owner: this.#owner } },
    });
    return stored !== undefined;
  }

  /** Leaves nothing of the lease. */
  async release(): Promise<void> {
    await this.#table.update(this.#key, {
      remove: leaseAttributes,
      when: { expression: '#againBy = :owner', values: { owner: this.#owner } },
    });
  }

  /** After work that may have published: only the same payload can take the lease over. */
  async end(): Promise<void> {
    await this.#table.update(this.#key, {
      set: { againUntil: 0 },
      when: { expression: '#againBy = :owner', values: { owner: this.#owner } },
    });
  }
}
