import { HeldEvents } from './held-events.ts';
import { RecentIds } from './recent-ids.ts';
import { ReleasedSequences } from './released-sequences.ts';
import { aggregateKey, type SequencedEvent } from './sequenced-event.ts';

export interface Window {
  /** How long an event is held for older ones of its aggregate to arrive. */
  readonly milliseconds: number;
  /** Events held at once; beyond it the longest held are released early. */
  readonly eventsMax: number;
  /** Aggregates whose last released sequence is remembered. A late event of a forgotten one passes as an event in time. */
  readonly aggregatesMax: number;
  /** Released events whose ids are remembered. A repeat of a forgotten one is reported as late. Default 10,000. */
  readonly idsMax?: number;
}

/** Every event given in comes out once: in `released`, in order within its aggregate, or in one of the others. */
export interface Resequenced<E> {
  readonly released: readonly E[];
  /** Came after a newer one of its aggregate had been released. */
  readonly late: readonly E[];
  /** An event with an id that was seen before. */
  readonly repeated: readonly E[];
}

/**
 * Puts events back into the order of their aggregates' sequences, within a bounded window of time and number. Has no clock:
 * whoever calls says what time it is (milliseconds), which never goes back.
 */
export class Resequencer<E extends SequencedEvent> {
  readonly #window: Window;
  readonly #held = new HeldEvents<E>();
  readonly #released: ReleasedSequences;
  readonly #cameOut: RecentIds;

  constructor(window: Window) {
    this.#window = window;
    this.#released = new ReleasedSequences(window.aggregatesMax);
    this.#cameOut = new RecentIds(window.idsMax ?? 10_000);
  }

  /** Takes one event, and releases what is due. */
  accept(event: E, now: number): Resequenced<E> {
    const fate = this.#fateOf(event, now);
    return {
      released: this.release(now),
      late: fate === 'late' ? [event] : [],
      repeated: fate === 'repeated' ? [event] : [],
    };
  }

  /** Releases what has been held for the whole window, with what is older in the same aggregates. Call it while idle, too. */
  release(now: number): readonly E[] {
    const released: E[] = [];
    for (let oldest = this.#held.oldest(); oldest; oldest = this.#held.oldest()) {
      const due = oldest.since + this.#window.milliseconds <= now || this.#held.size > this.#window.eventsMax;
      if (!due) break;
      released.push(...this.#releaseUpTo(oldest.key, oldest.event));
    }
    return released;
  }

  /** Releases all that is held, at the end of the input. */
  drain(): readonly E[] {
    return this.release(Number.POSITIVE_INFINITY);
  }

  #fateOf(event: E, now: number): 'held' | 'late' | 'repeated' {
    if (this.#cameOut.has(event.id)) return 'repeated';
    const key = aggregateKey(event);
    const standing = this.#released.standing(key, event);
    if (standing === 'new') return this.#held.add(key, event, now) ? 'held' : 'repeated';
    this.#cameOut.note(event.id);
    return standing;
  }

  #releaseUpTo(key: string, event: E): readonly E[] {
    const events = this.#held.takeUpTo(key, event.sequence);
    for (const released of events) {
      this.#released.note(key, released);
      this.#cameOut.note(released.id);
    }
    return events;
  }
}
