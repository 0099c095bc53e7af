import type { Work } from './work.ts';

/** Watches how long the windows of a chunk, or the sections of a report, take, so that none begins that this invocation cannot finish. */
export class Pace {
  readonly #work: Work;
  readonly #leastMilliseconds: number;
  #since: number;
  #slowest = 0;

  /** `leastMilliseconds`: less is never enough. */
  constructor(work: Work, leastMilliseconds: number) {
    this.#work = work;
    this.#leastMilliseconds = leastMilliseconds;
    this.#since = work.ports.clock.now();
  }

  /** Called after each: whether less time is left than one twice as slow as the slowest would take. */
  isTimeShort(): boolean {
    const now = this.#work.ports.clock.now();
    this.#slowest = Math.max(this.#slowest, now - this.#since);
    this.#since = now;
    const needed = Math.max(this.#leastMilliseconds, 2 * this.#slowest);
    return this.#work.invocation.remainingMilliseconds() < needed;
  }
}
