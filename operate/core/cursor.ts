import type * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';
import { invalid } from './problem.ts';

/** A place in a list, as text that callers hand back and do not read. */
export const cursorOf = (place: object): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws Problem for what no answer of ours has given. */
export function placeOf<T>(shape: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined;
  const read = shape.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (read.success) return read.data;
  throw invalid('cursor is not one that a page gave', 'Ask for the first page again, without a cursor.');
}
