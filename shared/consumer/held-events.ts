import type { SequencedEvent } from './sequenced-event.ts';

interface Held<E> {
  readonly key: string;
  readonly event: E;
  readonly since: number;
}

/** Events that wait, by aggregate in order of their sequence, and all in order of arrival. */
export class HeldEvents<E extends SequencedEvent> {
  readonly #byKey = new Map<string, E[]>();
  /** In order of arrival; any member can be removed in constant time. */
  readonly #arrivals = new Map<E, Held<E>>();

  get size(): number {
    return this.#arrivals.size;
  }

  /** False when the same event waits already. */
  add(key: string, event: E, since: number): boolean {
    const waiting = this.#byKey.get(key) ?? [];
    if (waiting.some(other => other.id === event.id)) return false;
    const newer = waiting.findIndex(other => other.sequence > event.sequence);
    waiting.splice(newer < 0 ? waiting.length : newer, 0, event);
    this.#byKey.set(key, waiting);
    this.#arrivals.set(event, { key, event, since });
    return true;
  }

  /** The one that has waited longest. */
  oldest(): Held<E> | undefined {
    return this.#arrivals.values().next().value;
  }

  /** Takes out the aggregate's events up to and including `sequence`, in order. */
  takeUpTo(key: string, sequence: string): readonly E[] {
    const waiting = this.#byKey.get(key) ?? [];
    const taken = waiting.filter(event => event.sequence <= sequence);
    const rest = waiting.slice(taken.length);
    if (rest.length > 0) this.#byKey.set(key, rest);
    else this.#byKey.delete(key);
    for (const event of taken) this.#arrivals.delete(event);
    return taken;
  }
}
