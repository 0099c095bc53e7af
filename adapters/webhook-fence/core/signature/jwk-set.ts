import * as z from 'zod';
import { parseStrictJson } from '../json/strict-json.ts';

/** RFC 7517. */
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })) });

/** Whether a set of keys has the one that a token names: otherwise it was read before the provider rotated. */
export function hasKey(document: string, keyId: string): boolean {
  const parsed = parseStrictJson(Buffer.from(document));
  return parsed.ok && keyOfSet(parsed.value, keyId) !== undefined;
}

/** The key of that name; undefined where there is none, or where it is not the only one. */
export function keyOfSet(given: unknown, keyId: string | undefined): object | undefined {
  const set = keySet.safeParse(given);
  if (!set.success || keyId === undefined) return undefined;
  const [first, ...others] = set.data.keys.filter(({ kid, kty }) => kid === keyId && kty !== 'oct');
  return others.length === 0 ? first : undefined;
}
