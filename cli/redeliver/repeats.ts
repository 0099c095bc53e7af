import { hash } from 'node:crypto';
import { type GivenRecord, type GivenUpBatch, shardName } from './given-up.ts';

/**
 * Tells which records were delivered already: Lambda may give up a record twice. Batches are given in the order of their
 * stream, so that of each shard only what may come again is remembered.
 */
export class Repeats {
  readonly #byShard = new Map<string, Map<string, bigint>>();

  /** The batch's records without those delivered before. */
  fresh(batch: GivenUpBatch): readonly GivenRecord[] {
    const known = this.#byShard.get(shardName(batch));
    if (!known) return batch.records;
    for (const [identity, number] of known) if (number < batch.first) known.delete(identity);
    return batch.records.filter(record => !known.has(identityOf(record)));
  }

  delivered(batch: GivenUpBatch): void {
    const name = shardName(batch);
    const known = this.#byShard.get(name) ?? new Map<string, bigint>();
    for (const record of batch.records) known.set(identityOf(record), record.number);
    this.#byShard.set(name, known);
  }
}

/** By content as well: the offsets of a topic that was made anew begin again. */
const identityOf = ({ id, json }: GivenRecord): string => `${id}/${hash('sha256', json, 'base64')}`;
