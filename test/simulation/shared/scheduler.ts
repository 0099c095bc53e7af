import { setTimeout } from 'node:timers/promises';

/** How long a module may take to load. */
const realMillisecondsMax = 20_000;

/** Of the scheduler, before Node looks for I/O. */
const stepsAtOnce = 500;

type Step = 'goes on' | 'over' | 'nothing due';

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
  /** So far. */
  steps = 0;
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
    for (;;) {
      const end = await this.#burst(until, isOver);
      if (end !== 'goes on') return end === 'over';
      if (!this.#isQuiet()) await this.#waitForModules();
    }
  }

  /** Node does everything that promises and ticks can do between two immediates, also where it does not look for I/O between them. */
  #burst(until: number, isOver: () => boolean): Promise<Step> {
    return new Promise((resolve, reject) => {
      let last: Step = 'goes on';
      const step = () => {
        if (last !== 'goes on' || !this.#isQuiet()) return;
        last = this.#step(until, isOver);
      };
      for (let i = 0; i < stepsAtOnce; i++) setImmediate(guarded(step, reject));
      setImmediate(() => resolve(last));
    });
  }

  #step(until: number, isOver: () => boolean): Step {
    if (isOver()) return 'over';
    const next = this.#heap[0];
    if (!next || next.at > until) {
      this.#now = Math.max(this.#now, until);
      return 'nothing due';
    }
    this.#pop();
    this.steps += 1;
    this.#now = Math.max(this.#now, next.at);
    next.act();
    return 'goes on';
  }

  /** Modules that are loaded when they are first needed take real time: virtual time stands still meanwhile. */
  async #waitForModules(): Promise<void> {
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

const guarded = (act: () => void, reject: (error: unknown) => void) => () => {
  try {
    act();
  } catch (error) {
    reject(error);
  }
};
