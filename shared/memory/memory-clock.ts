import type { Clock } from '../ports.ts';

/** A clock that stands still until it is advanced; sleeping advances it. */
export class MemoryClock implements Clock {
  #now: number;
  #seed: number;

  constructor(now = Date.UTC(2026, 0, 5, 8), seed = 1) {
    this.#now = now;
    this.#seed = seed;
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
  }

  /** Mulberry32: the same seed gives the same run. */
  random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
