import * as z from 'zod';

/** Exact decimal text, as canonical events carry amounts and quantities: no float ever holds it. */
export const decimal = () =>
  z.string().regex(/^-?(0|[1-9]\d*)(\.\d+)?$/, 'must be decimal text such as "12.50"');
