import * as z from 'zod';

/**
 * An id that the partner writes as text or as a whole number; text for the mapping, with every digit. `z.int()` is for numbers that
 * a mapping computes with: an id beyond 2^53 - 1, which a JavaScript number cannot hold, does not fit it.
 */
export const idText = () => z.union([z.string().min(1), z.int()]).transform(String);
