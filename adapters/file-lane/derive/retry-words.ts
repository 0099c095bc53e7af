import { limits } from '#shared/contract/limits.ts';
import { retrySpanSeconds } from '#shared/core/batch/retry-seconds.ts';

/** How often a failing message is received, and over how long. */
export const receivesInWords = `${limits.receivesMax} receives without progress, over about ${Math.round(retrySpanSeconds / 60)} minutes`;

/** How long work waits for an event bus that is down. */
export const busWaitInWords = `${limits.busWaitSecondsMax / 3_600} hours`;
