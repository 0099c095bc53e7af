import { type Read, Unreadable } from './unreadable.ts';

/** With its padding, which every connector writes: without it, text cut in the middle would read as another number. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const base64Url = /^[A-Za-z0-9_-]*={0,2}$/;
const hex = /^(?:[0-9a-fA-F]{2})*$/;

/** Bytes of a text that must be base64 as a whole; `Buffer.from` alone would ignore what it does not know. */
export function fromBase64(text: string): Read<Buffer> {
  if (!base64.test(text)) return new Unreadable('not base64, or truncated');
  return Buffer.from(text, 'base64');
}

/** Binary columns as canonical base64, from any of Debezium's `binary.handling.mode`s. */
export function canonicalBytes(
  text: string,
  mode: 'bytes' | 'base64' | 'base64-url-safe' | 'hex',
): Read<string> {
  if (mode === 'hex')
    return hex.test(text) ? Buffer.from(text, 'hex').toString('base64') : new Unreadable('not hex');
  if (mode === 'base64-url-safe')
    return base64Url.test(text) && text.replace(/=+$/, '').length % 4 !== 1
      ? Buffer.from(text, 'base64url').toString('base64')
      : new Unreadable('not url-safe base64, or truncated');
  if (isHexText(text)) return hexText;
  const bytes = fromBase64(text);
  return bytes instanceof Unreadable ? bytes : bytes.toString('base64');
}

/** Bytes that are hex as base64 by chance are one in a thousand million. */
const isHexText = (text: string): boolean =>
  text.length >= 16 && /^[0-9a-f]+$/.test(text) && /\d/.test(text) && /[a-f]/.test(text);

const hexText = new Unreadable(
  'hex where the contract names base64; compare `binary.handling.mode` with `binary` in the contract',
);

/** A varying bit string without a length of its own: Debezium then gives 2^31 - 1. */
const unlimited = 2_147_483_647;

/**
 * Debezium's `Bits`: little-endian bytes, least significant bit first, trailing zero bytes dropped. Written as '0' and '1',
 * most significant first, padded to `length`; without a limit only the significant bits are known.
 */
export function bitString(littleEndian: Uint8Array, length: number): Read<string> {
  const hexDigits = Buffer.from(littleEndian).reverse().toString('hex');
  const digits = hexDigits === '' ? '' : BigInt(`0x${hexDigits}`).toString(2);
  const significant = digits === '0' ? '' : digits;
  if (length >= unlimited) return significant;
  return significant.length > length
    ? new Unreadable(`more bits than the ${length} declared`)
    : significant.padStart(length, '0');
}
