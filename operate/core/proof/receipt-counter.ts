import { ownCopy } from './own-copy.ts';
import type { BusLine, ExpectedReceipts } from './received.ts';

/** The events of one integration, day and type, and what consumers reported of them. */
export interface ReceiptGroup extends Pick<BusLine, 'integration' | 'day' | 'type'> {
  readonly events: number;
  readonly consumers: readonly ReportedEvents[];
}

export interface ReportedEvents {
  readonly name: string;
  readonly received: number;
  /** Ids of the others, the first of them. */
  readonly missing: readonly string[];
}

/** Consumers that can report: each has a bit beside each id. */
export const consumersMax = 16;

/** A part of all ids: those whose first digits, divided by `parts`, leave `part`. */
export interface IdPart {
  readonly parts: number;
  readonly part: number;
}

export const allIds: IdPart = { parts: 1, part: 0 };

const partDigits = 6;

const isOf = ({ parts, part }: IdPart, shortId: string): boolean =>
  Number.parseInt(shortId.slice(0, partDigits), 16) % parts === part;

interface SeenId {
  /** Whole; undefined while it is only reported. */
  id: string | undefined;
  group: number;
  /** A bit for each consumer that reported it. */
  marks: number;
}

export interface CounterProps {
  readonly expected: ExpectedReceipts;
  readonly part: IdPart;
  /** Ids that are held in memory. */
  readonly idsMax: number;
}

/**
 * Holds events against receipts, each id once, in any order. Of more ids than memory has room for it goes on with half, and leaves the
 * other half to a counter that reads the same again.
 */
export class ReceiptCounter {
  /** What it left. */
  readonly left: IdPart[] = [];
  readonly #expected: readonly (readonly [string, readonly string[]])[];
  readonly #idsMax: number;
  #part: IdPart;
  readonly #groups: Pick<BusLine, 'integration' | 'day' | 'type'>[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #ids = new Map<string, SeenId>();

  constructor({ expected, part, idsMax }: CounterProps) {
    this.#expected = Object.entries(expected);
    this.#part = part;
    this.#idsMax = idsMax;
  }

  addEvent({ shortId, id, integration, day, type }: BusLine): void {
    const seen = this.#seen(shortId);
    if (!seen || seen.id !== undefined) return;
    seen.id = ownCopy(id);
    seen.group = this.#numberOf({ integration, day, type });
  }

  /** Of a consumer that nobody expects, nothing is counted. */
  addReceipt(consumer: string, shortIds: Iterable<string>): void {
    const place = this.#expected.findIndex(([name]) => name === consumer);
    if (place === -1) return;
    for (const shortId of shortIds) {
      const seen = this.#seen(shortId);
      if (seen) seen.marks |= 1 << place;
    }
  }

  /** `missingMax`: ids that are named of each group and consumer. */
  groups(missingMax: number): readonly ReceiptGroup[] {
    const counted = this.#groups.map(group => ({
      ...group,
      events: 0,
      consumers: this.#expected.flatMap(([name, types], place) =>
        types.includes(group.type) ? [{ name, place, received: 0, missing: [] as string[] }] : [],
      ),
    }));
    for (const { id, group: n, marks } of this.#ids.values()) {
      const group = id === undefined ? undefined : counted[n];
      if (!group || id === undefined) continue;
      group.events += 1;
      for (const consumer of group.consumers)
        if ((marks >> consumer.place) & 1) consumer.received += 1;
        else if (consumer.missing.length < missingMax) consumer.missing.push(id);
    }
    return counted;
  }

  /** Undefined for an id of another part. */
  #seen(shortId: string): SeenId | undefined {
    const known = this.#ids.get(shortId);
    if (known) return known;
    if (this.#ids.size >= this.#idsMax) this.#split();
    if (!isOf(this.#part, shortId)) return undefined;
    const seen: SeenId = { id: undefined, group: 0, marks: 0 };
    this.#ids.set(ownCopy(shortId), seen);
    return seen;
  }

  #split(): void {
    const { parts, part } = this.#part;
    this.left.push({ parts: 2 * parts, part: part + parts });
    this.#part = { parts: 2 * parts, part };
    for (const shortId of this.#ids.keys()) if (!isOf(this.#part, shortId)) this.#ids.delete(shortId);
  }

  #numberOf(group: Pick<BusLine, 'integration' | 'day' | 'type'>): number {
    const key = `${group.integration} ${group.day} ${group.type}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#groups.push(group) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
