import { hash } from 'node:crypto';
import { shardName, type UndeliveredBatch, type UndeliveredRecord } from './undelivered-batch.ts';

/**
 * Knows which records were delivered already: Lambda may write a record to the bucket twice. Batches come in the order of their
 * stream, so only the records that may still come again are remembered.
 */
export class Repeats {
  readonly #byShard = new Map<string, Map<string, bigint>>();

  /** The batch's records that were delivered before. */
  in(batch: UndeliveredBatch): ReadonlySet<UndeliveredRecord> {
    const known = this.#byShard.get(shardName(batch));
    if (!known) return new Set();
    for (const [identity, number] of known) if (number < batch.first) known.delete(identity);
    return new Set(batch.records.filter(record => known.has(identityOf(record))));
  }

  delivered(batch: UndeliveredBatch, records: readonly UndeliveredRecord[]): void {
    const name = shardName(batch);
    const known = this.#byShard.get(name) ?? new Map<string, bigint>();
    for (const record of records) known.set(identityOf(record), record.number);
    this.#byShard.set(name, known);
  }
}

/** By content too: the offsets of a topic that was deleted and created again start over. */
const identityOf = ({ id, json }: UndeliveredRecord): string => `${id}/${hash('sha256', json, 'base64')}`;
