import { limits } from '#shared/contract/limits.ts';
import type { Work } from './work.ts';

/** Watches how long the windows of a chunk take, so that none begins that this invocation cannot finish. */
export class Pace {
  readonly #work: Work;
  #since: number;
  #slowest = 0;

  constructor(work: Work) {
    this.#work = work;
    this.#since = work.ports.clock.now();
  }

  /** Called after each window: whether less time is left than a window twice as slow as the slowest would take. */
  isTimeShort(): boolean {
    const now = this.#work.ports.clock.now();
    this.#slowest = Math.max(this.#slowest, now - this.#since);
    this.#since = now;
    const needed = Math.max(limits.handOverMilliseconds, 2 * this.#slowest);
    return this.#work.invocation.remainingMilliseconds() < needed;
  }
}
