import * as z from 'zod';

const count = () => z.int().min(0);

/** The books of one hand-off: `received` equals the sum of the rest unless its state is `unbalanced`. */
export const tally = () =>
  z.strictObject({
    received: count(),
    published: count(),
    duplicate: count(),
    quarantined: count(),
    rejected: count(),
    skipped: count(),
  });
