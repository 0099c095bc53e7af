import type { Invoke } from '../release/release-all.ts';
import { type Call, callBytesMax, callsOf } from './calls.ts';
import { type BatchPlace, type GivenRecord, type GivenUpBatch, shardName } from './given-up.ts';
import { Held } from './held.ts';
import { stopIn } from './read-answer.ts';
import { readGivenUp } from './read-given-up.ts';
import { Repeats } from './repeats.ts';
import type { Undelivered } from './survey.ts';

/** How a batch ended; `waiting` where nothing was to be done but to look. */
export type End = 'waiting' | 'delivered' | 'repeat' | 'gone' | 'stopped' | 'held' | 'left';

export interface Ended {
  readonly end: End;
  /** Of a batch that stopped. */
  readonly why?: string;
}

export interface Redelivery {
  readonly undelivered: Undelivered;
  /** Calls the feed's function; undefined: nothing is changed. */
  readonly invoke: Invoke | undefined;
  /** Called before each invocation: throws when the right to deliver was lost. */
  readonly renew: () => Promise<void>;
  /** Given when an operator asks to end: the batch in work is the last. */
  readonly signal: AbortSignal;
}

/** Batches ending one after the other, and what of those before holds for those that follow. */
export class Walk {
  readonly held = new Held();
  readonly #repeats = new Repeats();
  readonly #redelivery: Redelivery;
  /** Batches of each object that have not ended. */
  readonly #open = new Map<string, number>();

  constructor(redelivery: Redelivery, batches: readonly BatchPlace[]) {
    this.#redelivery = redelivery;
    for (const { object } of batches) this.#open.set(object, (this.#open.get(object) ?? 0) + 1);
  }

  async end(place: BatchPlace): Promise<Ended> {
    if (this.#redelivery.signal.aborted) return { end: 'left' };
    const batch = await this.#read(place);
    if (!batch) return { end: 'gone' };
    if (this.held.holds(batch)) return this.#stays(batch, { end: 'held' });
    const fresh = this.#repeats.fresh(batch);
    const why = await this.#deliver(batch, fresh);
    if (why !== undefined) return this.#stays(batch, { end: 'stopped', why });
    this.#repeats.delivered(batch);
    await this.#finish(place);
    if (fresh.length === 0) return { end: 'repeat' };
    return { end: this.#redelivery.invoke ? 'delivered' : 'waiting' };
  }

  #stays(batch: GivenUpBatch, ended: Ended): Ended {
    this.held.add(batch);
    return ended;
  }

  async #read(place: BatchPlace): Promise<GivenUpBatch | undefined> {
    const text = await this.#redelivery.undelivered.read(place.object);
    if (text === undefined) return undefined;
    return readGivenUp(place.object, text).find(batch => shardName(batch) === shardName(place));
  }

  /** Why it stopped; undefined when all records ended. */
  async #deliver(batch: GivenUpBatch, records: readonly GivenRecord[]): Promise<string | undefined> {
    for (const call of callsOf(batch, records)) {
      const why = await this.#call(call);
      if (why !== undefined) return why;
    }
    return undefined;
  }

  async #call({ event, records, bytes }: Call): Promise<string | undefined> {
    if (bytes > callBytesMax) return tooLarge(records[0]!, bytes);
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
    const open = this.#open.get(object)! - 1;
    this.#open.set(object, open);
    if (open === 0 && this.#redelivery.invoke) await this.#redelivery.undelivered.remove(object);
  }
}

const tooLarge = ({ id }: GivenRecord, bytes: number): string =>
  `record ${id} alone makes a call of ${bytes} bytes, and Lambda takes ${callBytesMax}: have its row written again, then take the object away`;
