import { setTimeout, setImmediate as turn } from 'node:timers/promises';

/** How long a module may take to load. */
const realMillisecondsMax = 20_000;

interface Due {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/**
 * Virtual time. What is due acts one after the other, in order of time; between two of them everything that promises do is done.
 * Nothing waits for a real clock.
 */
export class Scheduler {
  /** Epoch milliseconds. */
  #now: number;
  #order = 0;
  readonly #heap: Due[] = [];
  /** Whether everything that runs waits for something that is due. */
  readonly #isQuiet: () => boolean;

  constructor(now: number, isQuiet: () => boolean) {
    this.#now = now;
    this.#isQuiet = isQuiet;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, act: () => void): void {
    this.#order += 1;
    this.#push({ at: this.#now + Math.max(0, milliseconds), order: this.#order, act });
  }

  /** Acts until nothing is due before `until`, or `isOver` says so. Gives whether it was over. */
  async runUntil(until: number, isOver: () => boolean): Promise<boolean> {
    await this.#drain();
    while (!isOver()) {
      const next = this.#heap[0];
      if (!next || next.at > until) {
        this.#now = Math.max(this.#now, until);
        return false;
      }
      this.#pop();
      this.#now = Math.max(this.#now, next.at);
      next.act();
      await this.#drain();
    }
    return true;
  }

  /** Modules that are loaded when they are first needed take real time: virtual time stands still meanwhile. */
  async #drain(): Promise<void> {
    // Comes after all promises that can go on.
    await turn();
    for (let turns = 0; !this.#isQuiet(); turns++) {
      if (turns === realMillisecondsMax) throw new Error('an invocation waits for nothing that is due');
      await setTimeout(1);
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(due, heap[parent])) break;
      heap[at] = heap[parent] as Due;
      at = parent;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Due, heap[child])) child += 1;
      if (!isBefore(heap[child] as Due, last)) break;
      heap[at] = heap[child] as Due;
      at = child;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Due, b: Due | undefined): boolean =>
  b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));
