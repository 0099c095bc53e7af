import { Blocked } from '#adapters/cdc-feed/core/undelivered/blocked.ts';
import { Repeats } from '#adapters/cdc-feed/core/undelivered/repeats.ts';
import type {
  UndeliveredBatch,
  UndeliveredRecord,
} from '#adapters/cdc-feed/core/undelivered/undelivered-batch.ts';

/** What of a batch is to be delivered. */
export interface ChosenRecords {
  readonly records: readonly UndeliveredRecord[];
  /** Those of them that earlier batches hold too. They are not delivered again. */
  readonly repeats: ReadonlySet<UndeliveredRecord>;
  /** How many are asked for and must not overtake what stays. */
  readonly blocked: number;
}

/** Goes through batches in the order of their stream, and remembers what earlier ones mean for later ones. */
export class RedeliveryWalk {
  readonly #blocked = new Blocked();
  readonly #repeats = new Repeats();

  constructor(unreadable: readonly string[]) {
    for (const object of unreadable) this.#blocked.addUnreadable(object);
  }

  /** What is not chosen stays, and blocks the later records of its key. */
  choose(batch: UndeliveredBatch, isAsked: (record: UndeliveredRecord) => boolean): ChosenRecords {
    const records: UndeliveredRecord[] = [];
    let blocked = 0;
    for (const record of batch.records) {
      const wanted = isAsked(record);
      if (wanted && !this.#blocked.blocks(batch, record)) records.push(record);
      else {
        this.#blocked.addKey(batch, record);
        if (wanted) blocked += 1;
      }
    }
    return { records, repeats: this.#repeats.in(batch), blocked };
  }

  /** What was chosen and did not end blocks its shard. */
  pass(batch: UndeliveredBatch, { records }: ChosenRecords, ended: readonly UndeliveredRecord[]): void {
    const isEnded = new Set(ended);
    this.#repeats.delivered(batch, ended);
    const left = records.filter(record => !isEnded.has(record));
    if (left.length > 0) this.#blocked.addShard(batch);
    for (const record of left) this.#blocked.addKey(batch, record);
  }
}
