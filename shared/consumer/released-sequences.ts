import type { SequencedEvent } from './sequenced-event.ts';

interface Last {
  readonly sequence: string;
  /** Ids of the events released at that sequence: one change may have made several. */
  readonly ids: ReadonlySet<string>;
}

/** The last sequence released of each aggregate, for as many aggregates as there is room for; the longest quiet are forgotten. */
export class ReleasedSequences {
  readonly #last = new Map<string, Last>();
  readonly #aggregatesMax: number;

  constructor(aggregatesMax: number) {
    this.#aggregatesMax = aggregatesMax;
  }

  standing(key: string, event: SequencedEvent): 'new' | 'late' | 'repeated' {
    const last = this.#last.get(key);
    if (!last || event.sequence > last.sequence) return 'new';
    if (event.sequence < last.sequence) return 'late';
    return last.ids.has(event.id) ? 'repeated' : 'new';
  }

  note(key: string, event: SequencedEvent): void {
    const last = this.#last.get(key);
    const ids = last?.sequence === event.sequence ? new Set([...last.ids, event.id]) : new Set([event.id]);
    this.#last.delete(key);
    this.#last.set(key, { sequence: event.sequence, ids });
    if (this.#last.size <= this.#aggregatesMax) return;
    const longestQuiet = this.#last.keys().next();
    if (!longestQuiet.done) this.#last.delete(longestQuiet.value);
  }
}
