import { once } from 'node:events';

/** A record of a shard, whatever kind of stream it is in. */
export interface LoggedRecord {
  readonly sequenceNumber: string;
  /** What keeps its order: records with the same key are handed on one after the other. */
  readonly orderKey: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
}

/** The records of one shard in order; kept for as long as the cloud is up. */
export class RecordLog<R extends LoggedRecord = LoggedRecord> {
  readonly #records: R[] = [];
  readonly #appended = new EventTarget();

  append(record: R): void {
    this.#records.push(record);
    this.#appended.dispatchEvent(new Event('append'));
  }

  get all(): readonly R[] {
    return this.#records;
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): R | undefined {
    return this.#records[index];
  }

  /** Where the first record is that fits, or the end. */
  indexOf(fits: (record: R) => boolean): number {
    const index = this.#records.findIndex(fits);
    return index < 0 ? this.#records.length : index;
  }

  /** Resolves when there is a record at `index`. Rejects with the signal's reason. */
  async waitFor(index: number, signal: AbortSignal): Promise<void> {
    while (index >= this.#records.length) await once(this.#appended, 'append', { signal });
  }
}
