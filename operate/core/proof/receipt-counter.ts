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
  /** Short ids of the others, the first of them. */
  readonly missing: readonly string[];
}

/** Consumers that can report: each has a bit beside each id. */
export const consumersMax = 16;

const places = 2 ** consumersMax;

/**
 * Holds events against receipts, each id once, in any order. One number for each id: the group of its event, and a bit for each
 * consumer that reported it.
 */
export class ReceiptCounter {
  readonly #expected: readonly (readonly [string, readonly string[]])[];
  /** By their number, from 1; 0 is for ids that are only reported. */
  readonly #groups: Pick<BusLine, 'integration' | 'day' | 'type'>[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #ids = new Map<string, number>();

  constructor(expected: ExpectedReceipts) {
    this.#expected = Object.entries(expected);
  }

  addEvent({ shortId, integration, day, type }: BusLine): void {
    const known = this.#ids.get(shortId);
    if (known !== undefined && known >= places) return;
    const group = this.#numberOf({ integration, day, type });
    this.#ids.set(ownCopy(shortId), group * places + (known ?? 0));
  }

  /** Of a consumer that nobody expects, nothing is counted. */
  addReceipt(consumer: string, shortIds: Iterable<string>): void {
    const place = this.#expected.findIndex(([name]) => name === consumer);
    if (place === -1) return;
    for (const shortId of shortIds) {
      const known = this.#ids.get(shortId) ?? 0;
      const marks = known % places;
      this.#ids.set(ownCopy(shortId), known - marks + (marks | (1 << place)));
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
    for (const [shortId, known] of this.#ids) {
      const group = counted[Math.floor(known / places) - 1];
      if (!group) continue;
      group.events += 1;
      for (const consumer of group.consumers)
        if (((known % places) >> consumer.place) & 1) consumer.received += 1;
        else if (consumer.missing.length < missingMax) consumer.missing.push(shortId);
    }
    return counted;
  }

  #numberOf(group: Pick<BusLine, 'integration' | 'day' | 'type'>): number {
    const key = `${group.integration} ${group.day} ${group.type}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#groups.push(group);
    this.#numbers.set(key, number);
    return number;
  }
}
