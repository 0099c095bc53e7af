import { Blocked } from './blocked.ts';
import { type Call, callBytesMax, callsOf } from './calls.ts';
import type { Invoke } from './invoke-function.ts';
import { stopIn } from './read-answer.ts';
import { readUndelivered } from './read-undelivered.ts';
import { Repeats } from './repeats.ts';
import type { Undelivered } from './survey.ts';
import {
  type BatchPlace,
  shardName,
  type UndeliveredBatch,
  type UndeliveredRecord,
} from './undelivered-batch.ts';

/** How a batch ended; `waiting` in a preview. */
export type End = 'waiting' | 'delivered' | 'repeat' | 'gone' | 'stopped' | 'blocked' | 'unreached';

export interface Ended {
  readonly end: End;
  /** Of a batch that stopped. */
  readonly why?: string;
}

export interface Redelivery {
  readonly undelivered: Undelivered;
  /** Invokes the feed's function; undefined: nothing is changed. */
  readonly invoke: Invoke | undefined;
  /** Called before each invocation. Throws when the lease was lost. */
  readonly renew: () => Promise<void>;
  /** Aborted when an operator interrupts the command: the batch under way is the last. */
  readonly signal: AbortSignal;
}

/** Redelivers batches one after the other, and remembers what earlier ones mean for later ones. */
export class Walk {
  readonly blocked = new Blocked();
  readonly #repeats = new Repeats();
  readonly #redelivery: Redelivery;
  /** Batches of each object that have not ended. */
  readonly #open = new Map<string, number>();

  constructor(redelivery: Redelivery, batches: readonly BatchPlace[]) {
    this.#redelivery = redelivery;
    for (const { object } of batches) this.#open.set(object, (this.#open.get(object) ?? 0) + 1);
  }

  async redeliver(place: BatchPlace): Promise<Ended> {
    if (this.#redelivery.signal.aborted) return { end: 'unreached' };
    const batch = await this.#read(place);
    if (!batch) return { end: 'gone' };
    if (this.blocked.blocks(batch)) return this.#stays(batch, { end: 'blocked' });
    const fresh = this.#repeats.fresh(batch);
    const why = await this.#deliver(batch, fresh);
    if (why !== undefined) return this.#stays(batch, { end: 'stopped', why });
    this.#repeats.delivered(batch);
    await this.#finish(place);
    if (fresh.length === 0) return { end: 'repeat' };
    return { end: this.#redelivery.invoke ? 'delivered' : 'waiting' };
  }

  #stays(batch: UndeliveredBatch, ended: Ended): Ended {
    this.blocked.add(batch);
    return ended;
  }

  async #read(place: BatchPlace): Promise<UndeliveredBatch | undefined> {
    const text = await this.#redelivery.undelivered.read(place.object);
    if (text === undefined) return undefined;
    return readUndelivered(place.object, text).find(batch => shardName(batch) === shardName(place));
  }

  /** Why it stopped; undefined when all records ended. */
  async #deliver(
    batch: UndeliveredBatch,
    records: readonly UndeliveredRecord[],
  ): Promise<string | undefined> {
    for (const call of callsOf(batch, records)) {
      const why = await this.#call(call);
      if (why !== undefined) return why;
    }
    return undefined;
  }

  async #call({ event, records, bytes }: Call): Promise<string | undefined> {
    if (bytes > callBytesMax) return tooLarge(records, bytes);
    const { invoke, renew } = this.#redelivery;
    if (!invoke) return undefined;
    await renew();
    try {
      return stopIn(await invoke(event), records);
    } catch (error) {
      return (error as Error).message;
    }
  }

  async #finish({ object }: BatchPlace): Promise<void> {
    const open = (this.#open.get(object) ?? 1) - 1;
    this.#open.set(object, open);
    if (open === 0 && this.#redelivery.invoke) await this.#redelivery.undelivered.remove(object);
  }
}

const tooLarge = ([record]: readonly UndeliveredRecord[], bytes: number): string =>
  `record ${record?.id} alone makes an invocation of ${bytes} bytes, and Lambda’s limit is ${callBytesMax}: have its row written again, then delete the object`;
