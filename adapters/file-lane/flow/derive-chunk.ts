import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { type EventDigest, GrowingEventDigest, noEvents } from '#shared/core/batch/event-digest.ts';
import { shortIdOf } from '#shared/core/identity/id-digest.ts';
import { stagedLane } from '../core/correction/staged-row.ts';
import type { Chunk, Handoff } from '../core/outcome/handoff.ts';
import { originOf } from './origin-of.ts';
import { readPortions } from './read-portions.ts';
import { type ClaimHolder, claimsOf, holdsClaims } from './row-duplicates.ts';
import type { Work } from './work.ts';

interface Proving {
  readonly handoff: Handoff;
  readonly chunk: Chunk;
  /** Short ids of events on the bus. */
  readonly found: ReadonlySet<string>;
}

/** The events of a chunk, as its rows make them now. */
export interface Derived {
  /** Of its own events, and of those on the bus: another file may have taken the claim of their row since. Each once. */
  readonly digest: EventDigest;
  /** Its own that are not on the bus. */
  readonly missing: readonly BusEvent[];
  /** Short ids of events on the bus that no row makes. */
  readonly unclaimed: readonly string[];
  /** Whether the claim of a row expired: nobody knows any more who published it. */
  readonly isForgotten: boolean;
}

/** Makes a chunk's events again. Memory holds ids, and the events that are missing. @throws ObjectGone */
export async function deriveChunk(given: Work, { handoff, chunk, found }: Proving): Promise<Derived> {
  const { inspection } = handoff;
  if (!inspection || handoff.identity === undefined)
    return { digest: noEvents, missing: [], unclaimed: [...found], isForgotten: false };
  const begun = { ...handoff, inspection, identity: handoff.identity };
  const work = handoff.corrects ? { ...given, lane: stagedLane(given.lane) } : given;
  const claims = claimsOf(work, begun);
  const derived = new DerivedEvents(found);
  for await (const { rows } of readPortions(work, originOf(work, begun), inspection, fromStart(chunk)))
    for (const row of rows)
      if (row.events.kind === 'events') derived.add(row.events.entries, await holdsClaims(claims, row));
  return derived.all;
}

/** Takes each event once: a row may repeat another. */
class DerivedEvents {
  readonly #found: ReadonlySet<string>;
  readonly #digest = new GrowingEventDigest();
  readonly #made = new Set<string>();
  readonly #missing: BusEvent[] = [];
  #isForgotten = false;

  constructor(found: ReadonlySet<string>) {
    this.#found = found;
  }

  /** Events of one row. */
  add(events: readonly BusEvent[], holder: ClaimHolder): void {
    if (holder === 'nobody') this.#isForgotten = true;
    for (const event of events) this.#take(event, holder === 'own');
  }

  #take(event: BusEvent, isOwn: boolean): void {
    const id = shortIdOf(event.id);
    const isFound = this.#found.has(id);
    if (this.#made.has(id) || !(isOwn || isFound)) return;
    this.#made.add(id);
    this.#digest.add(event);
    if (!isFound) this.#missing.push(event);
  }

  get all(): Derived {
    const unclaimed = [...this.#found].filter(id => !this.#made.has(id));
    const { digest } = this.#digest;
    return { digest, missing: this.#missing, unclaimed, isForgotten: this.#isForgotten };
  }
}

const fromStart = (chunk: Chunk): Chunk => ({
  ...chunk,
  progress: {
    ...chunk.progress,
    nextByte: chunk.byteStart,
    nextRecord: chunk.firstRecord,
    nextLine: chunk.firstLine,
  },
});
