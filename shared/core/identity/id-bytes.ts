import { shortIdDigits, shortIdOf } from './id-digest.ts';

export const idBytes = shortIdDigits / 2;

/** Short ids, 16 bytes each. */
export const idsToBytes = (ids: Iterable<string>): Uint8Array =>
  Buffer.concat([...ids].map(id => Buffer.from(shortIdOf(id), 'hex')));

/** @throws Error where the bytes are no whole ids. */
export function idsOfBytes(bytes: Uint8Array): Set<string> {
  if (bytes.length % idBytes !== 0) throw new Error(`${bytes.length} bytes are no ids of ${idBytes} bytes`);
  const hex = Buffer.from(bytes).toString('hex');
  return new Set(
    Array.from({ length: bytes.length / idBytes }, (_, n) =>
      hex.slice(n * shortIdDigits, (n + 1) * shortIdDigits),
    ),
  );
}
