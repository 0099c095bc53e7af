import { limits } from '#shared/contract/limits.ts';

/** Ends the sentence of a fault about an object that did not come. */
export const arrivedInTime = `arrived within ${limits.dataWaitSeconds} seconds`;
