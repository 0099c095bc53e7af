import type { Throttle } from './route.ts';

/** Lets `burst` through at once, then `ratePerSecond`. Times are in milliseconds. */
export class TokenBucket {
  readonly #throttle: Throttle;
  #tokens: number;
  #at: number;

  constructor(throttle: Throttle, now: number) {
    this.#throttle = throttle;
    this.#tokens = throttle.burst;
    this.#at = now;
  }

  take(now: number): boolean {
    const { ratePerSecond, burst } = this.#throttle;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * ratePerSecond);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
