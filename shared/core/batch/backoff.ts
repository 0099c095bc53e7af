import { limits } from '../../contract/limits.ts';

/** Exponential backoff with full jitter, in milliseconds; `attempt` counts from 1, `random` is 0 to 1. */
export function backoffMilliseconds(attempt: number, random: number): number {
  const ceiling = Math.min(
    limits.backoffCapMilliseconds,
    limits.backoffBaseMilliseconds * 2 ** (attempt - 1),
  );
  return Math.floor(ceiling * random);
}
