import type { DebeziumSource } from '../../contract/cdc-source.ts';
import { canonicalBytes } from './encoded-bytes.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** With hyphens or without, in braces (SQL Server) or not. */
const written =
  /^(?:\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|([0-9a-f]{32}))$/i;
const uuidBytes = 16;

/** A UUID in lower case with hyphens, from its text or its 16 bytes (`BINARY(16)`, `RAW(16)`). */
export function readUuid(text: string, binary: NonNullable<DebeziumSource['binary']>): Read<string> {
  const [, inBraces, plain, digits] = written.exec(text) ?? [];
  const form = inBraces ?? plain ?? (digits && withHyphens(digits));
  if (form) return form.toLowerCase();
  const bytes = canonicalBytes(text, binary);
  const uuid = bytes instanceof Unreadable ? undefined : uuidOf(Buffer.from(bytes, 'base64'));
  return uuid ?? new Unreadable('not a UUID');
}

/** The bytes in the order in which they are stored; undefined for another number than 16. */
export const uuidOf = (bytes: Buffer): string | undefined =>
  bytes.length === uuidBytes ? withHyphens(bytes.toString('hex')) : undefined;

/** The text as its 16 bytes, in base64; undefined for any other text. */
export const bytesOfUuid = (text: string): string | undefined =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? Buffer.from(text.replaceAll('-', ''), 'hex').toString('base64')
    : undefined;

const withHyphens = (digits: string): string =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
