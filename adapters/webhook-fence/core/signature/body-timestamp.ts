import { parseStrictJson } from '../json/strict-json.ts';
import { type Refusal, refusal } from './refusal.ts';
import { parseTimestamp } from './timestamp.ts';

/** A timestamp in the signed body: an integer at the top level. Read only after the signature has been checked. */
export function bodyTimestamp(body: Uint8Array, field: string): number | Refusal {
  const parsed = parseStrictJson(body);
  if (!parsed.ok) return refusal('MALFORMED_BODY', `the body is refused as JSON: ${parsed.problem}`);
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field))
    return refusal('NO_TIMESTAMP', `the body has no ${field}`);
  const timestamp = (value as Record<string, unknown>)[field];
  return typeof timestamp === 'number'
    ? parseTimestamp(String(timestamp))
    : refusal('MALFORMED_TIMESTAMP', `${field} is not a number`);
}
