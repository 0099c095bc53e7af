import { itemAt } from '#shared/contract/item-at.ts';
import { limits } from '#shared/contract/limits.ts';
import { backoffMilliseconds } from '#shared/core/batch/backoff.ts';
import type { BusAnswer, BusEntry } from '#shared/core/batch/bus-entry.ts';
import { fillEntries } from '#shared/core/batch/fill-entries.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { pack } from '#shared/core/batch/pack.ts';
import { isRefusedForOne } from '#shared/core/batch/publish.ts';
import { type Call, type Chain, callChains, type OrderedEntry } from './call-chains.ts';

/** What publishing needs of the world. */
export interface Publishing {
  readonly bus: { put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> };
  readonly clock: { sleep(milliseconds: number): Promise<void>; random(): number };
  /** False when nothing more may be begun: time is short. */
  readonly mayGoOn: () => boolean;
}

/** `held`: not put, or put too early, because an entry of its group before it was not taken. */
export type PublishAnswer = BusAnswer | { readonly kind: 'held' };

/**
 * Publishes entries in order within their groups, and many groups at once. An entry that the bus does not take is tried again
 * with those of its group that follow it; after the last attempt its group stops there. `denied` stops everything; `refused` is
 * final and its group goes on. Answers stand in the order of the entries.
 */
export async function publishInOrder(
  entries: readonly OrderedEntry[],
  publishing: Publishing,
): Promise<readonly PublishAnswer[]> {
  const run = new Run(entries, publishing);
  await inParallel(callChains(entries), limits.callsInFlightMax, chain => run.chain(chain));
  return run.answers;
}

const held: PublishAnswer = { kind: 'held' };

class Run {
  readonly answers: PublishAnswer[];
  readonly #entries: readonly OrderedEntry[];
  readonly #publishing: Publishing;
  readonly #stopped = new Set<string>();
  #isDenied = false;

  constructor(entries: readonly OrderedEntry[], publishing: Publishing) {
    this.#entries = entries;
    this.#publishing = publishing;
    this.answers = entries.map(() => held);
  }

  async chain(chain: Chain): Promise<void> {
    for (const call of chain) {
      const open = call.filter(index => !this.#stopped.has(this.#groupOf(index)));
      if (open.length > 0) await this.#put(open);
    }
  }

  async #put(call: Call): Promise<void> {
    let open = call;
    let eventsMax = call.length;
    let attempts = 0;
    while (this.#mayGoOn) {
      const refused = await this.#putOnce(open, eventsMax);
      open = this.#fromFirstUntaken(open);
      if (open.length === 0) return;
      if (refused > 1) {
        // Smaller entries find the event that is refused. This is progress, and no attempt.
        eventsMax = Math.ceil(refused / 2);
        continue;
      }
      attempts += 1;
      if (this.#isDenied || attempts === limits.publishAttemptsMax) break;
      const { clock } = this.#publishing;
      await clock.sleep(backoffMilliseconds(attempts, clock.random()));
    }
    this.#stop(open);
  }

  /** Gives the number of events in the smallest entry that was refused because of one of them; 0 when none was. */
  async #putOnce(open: Call, eventsMax: number): Promise<number> {
    let refused = 0;
    const entries = fillEntries(
      open.map(index => this.#at(index).entry),
      { groupOf: at => this.#groupOf(itemAt(open, at, 'event')), eventsMax },
    );
    for (const call of pack(entries)) {
      const given = await this.#publishing.bus.put(call);
      for (const [i, entry] of call.entries()) {
        const answer = given[i] ?? held;
        const isForOne = answer.kind !== 'held' && isRefusedForOne(entry, answer);
        if (isForOne) refused = Math.min(refused || entry.events.length, entry.events.length);
        for (const at of entry.events) this.answers[itemAt(open, at, 'event')] = isForOne ? held : answer;
      }
      this.#isDenied ||= given.some(answer => answer.kind === 'denied');
    }
    return refused;
  }

  get #mayGoOn(): boolean {
    return !this.#isDenied && this.#publishing.mayGoOn();
  }

  /** In each group, the first entry that was not taken, and all behind it: what was taken there came too early. */
  #fromFirstUntaken(call: Call): Call {
    const behind = new Set<string>();
    return call.filter(index => {
      const group = this.#groupOf(index);
      if (!isFinal(this.answers[index] ?? held)) behind.add(group);
      return behind.has(group);
    });
  }

  /** Ends the groups of these entries; the first of each keeps its answer as the reason. */
  #stop(call: Call): void {
    for (const index of call) {
      const group = this.#groupOf(index);
      if (this.#stopped.has(group)) this.answers[index] = held;
      this.#stopped.add(group);
    }
  }

  #groupOf(index: number): string {
    return this.#at(index).group;
  }

  #at(index: number): OrderedEntry {
    const entry = this.#entries[index];
    if (!entry) throw new Error(`there is no entry ${index}`);
    return entry;
  }
}

const isFinal = ({ kind }: PublishAnswer): boolean => kind === 'accepted' || kind === 'refused';
