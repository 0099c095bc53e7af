import { limits } from '../../contract/limits.ts';

/**
 * Seconds until a message comes again that was received so often: 10, doubled each time, at most 15 minutes. Ten receives
 * span 51 minutes, which is longer than any lease.
 */
export const retrySeconds = (receives: number): number =>
  Math.min(limits.functionSecondsMax, 10 * 2 ** (receives - 1));
