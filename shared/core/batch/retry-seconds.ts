import { limits } from '../../contract/limits.ts';

/**
 * Seconds until a message comes again that was received so often: 10, doubled each time, at most 15 minutes. Ten receives
 * span 51 minutes, which is longer than any lease.
 */
export const retrySeconds = (receives: number): number =>
  Math.min(limits.functionSecondsMax, 10 * 2 ** (receives - 1));

/** Seconds from the first receive of a message that always fails to its last. */
export const retrySpanSeconds: number = Array.from({ length: limits.receivesMax - 1 }, (_, i) =>
  retrySeconds(i + 1),
).reduce((sum, seconds) => sum + seconds, 0);
