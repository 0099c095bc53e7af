import { createHash } from 'node:crypto';
import type { Json } from './lossless-json.ts';

/** Tells whether a value stands for one that the log does not carry. */
export type IsUnavailable = (raw: Json) => boolean;

const known = new Map<string, IsUnavailable>();

/**
 * Debezium's placeholder in each of its shapes: text; bytes as base64 or hex; an array of one text, bytes or name-based UUID;
 * an array of its character codes (integer arrays); an hstore. Source: `UnchangedToastedPlaceholder` of the PostgreSQL connector.
 */
export function unavailableAs(placeholder: string): IsUnavailable {
  const found = known.get(placeholder);
  if (found) return found;
  const texts = shapesOf(placeholder);
  const codes = JSON.stringify([...Buffer.from(placeholder)]);
  const test: IsUnavailable = raw => {
    if (typeof raw === 'string') return texts.has(raw);
    if (Array.isArray(raw)) {
      if (raw.length === 1) return typeof raw[0] === 'string' && texts.has(raw[0]);
      return typeof raw[0] === 'number' && JSON.stringify(raw) === codes;
    }
    return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, placeholder);
  };
  known.set(placeholder, test);
  return test;
}

function shapesOf(placeholder: string): ReadonlySet<string> {
  const bytes = Buffer.from(placeholder);
  const hstore = JSON.stringify({ [placeholder]: placeholder });
  return new Set([
    placeholder,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    nameBasedUuid(bytes),
    hstore,
    hstore.replace(':', ': '),
  ]);
}

/** UUID version 3 without a namespace, as Java's `UUID.nameUUIDFromBytes` makes it. */
function nameBasedUuid(bytes: Uint8Array): string {
  const hash = createHash('md5').update(bytes).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x30;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
