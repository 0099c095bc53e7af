import { limits } from '../../contract/limits.ts';

/** How long a message waits before it is received again. `receives`: how often it was received so far. */
export const retrySeconds = (receives: number): number =>
  Math.min(limits.functionSecondsMax, 10 * 2 ** (receives - 1));
