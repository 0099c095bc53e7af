import { limits } from '../../contract/limits.ts';
import { batchDetail, batchFrameBytes } from '../envelope/batch-form.ts';
import { type BatchedEvent, type BusEntry, type BusEvent, isBatched } from './bus-entry.ts';

/** An entry, and the places of its events among those that were given. */
export interface FilledEntry extends BusEntry {
  readonly events: readonly number[];
}

export interface Filling {
  /** Events of one group stay in order, within an entry and from entry to entry. Default: each is a group of its own. */
  readonly groupOf?: (event: number) => string;
  /** Events in one entry. Default: as many as it has bytes for. */
  readonly eventsMax?: number;
}

/** Fills as few entries as bytes and groups allow, in the order in which they are to be put. */
export function fillEntries(events: readonly BusEvent[], filling: Filling = {}): FilledEntry[] {
  const filler = new Filler(filling);
  for (const [index, event] of events.entries()) filler.add(event, index);
  return filler.close();
}

class Filler {
  readonly #filling: Filling;
  readonly #entries: (FilledEntry | OpenEntry)[] = [];
  /** Where the entry is that has room for events with these shared attributes. */
  readonly #openPlaces = new Map<string, number>();
  /** Where the last event of a group is. */
  readonly #lastPlaces = new Map<string, number>();

  constructor(filling: Filling) {
    this.#filling = filling;
  }

  add(event: BusEvent, index: number): void {
    const group = this.#filling.groupOf?.(index);
    const earliest = group === undefined ? 0 : (this.#lastPlaces.get(group) ?? 0);
    const place = isBatched(event)
      ? this.#addBatched(event, index, earliest)
      : this.#entries.push({ ...event, events: [index] }) - 1;
    if (group !== undefined) this.#lastPlaces.set(group, place);
  }

  close(): FilledEntry[] {
    return this.#entries.map(entry => (entry instanceof OpenEntry ? entry.close() : entry));
  }

  #addBatched(event: BatchedEvent, index: number, earliest: number): number {
    const open = this.#openPlaces.get(event.shared);
    const entry = open === undefined || open < earliest ? undefined : this.#entries[open];
    if (open !== undefined && entry instanceof OpenEntry && entry.takes(event, index, this.#filling))
      return open;
    const place = this.#entries.push(new OpenEntry(event, index)) - 1;
    this.#openPlaces.set(event.shared, place);
    return place;
  }
}

class OpenEntry {
  readonly #first: BatchedEvent;
  readonly #own: string[];
  readonly #events: number[];
  #bytes: number;

  constructor(first: BatchedEvent, index: number) {
    this.#first = first;
    this.#own = [first.own];
    this.#events = [index];
    this.#bytes = batchedBytes(first);
  }

  /** Adds the event, if there is room for it. */
  takes(event: BatchedEvent, index: number, { eventsMax = Number.POSITIVE_INFINITY }: Filling): boolean {
    const bytes = this.#bytes + 1 + Buffer.byteLength(event.own);
    if (bytes > limits.entryBytesMax || this.#events.length >= eventsMax) return false;
    this.#own.push(event.own);
    this.#events.push(index);
    this.#bytes = bytes;
    return true;
  }

  close(): FilledEntry {
    const { id, source, detailType, shared } = this.#first;
    return { id, source, detailType, detail: batchDetail(shared, this.#own), events: this.#events };
  }
}

/** Bytes of an entry with this event alone. */
export const batchedBytes = ({ source, detailType, shared, own }: BatchedEvent): number =>
  batchFrameBytes + Buffer.byteLength(source + detailType + shared) + Buffer.byteLength(own);

/** Whether the bus takes the event. Few are long enough to be counted: a UTF-16 code unit is at most three bytes. */
export const fitsBatch = (event: BatchedEvent): boolean =>
  batchFrameBytes +
    3 * (event.source.length + event.detailType.length + event.shared.length + event.own.length) <=
    limits.entryBytesMax || batchedBytes(event) <= limits.entryBytesMax;
