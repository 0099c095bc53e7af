import * as z from 'zod';

/** Exact decimal text, for amounts and quantities in canonical events. It is never converted to a float. */
export const decimal = () =>
  z.string().regex(/^-?(0|[1-9]\d*)(\.\d+)?$/, 'must be decimal text such as "12.50"');
