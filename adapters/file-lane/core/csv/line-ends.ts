export const LF = 10;
export const CR = 13;

export const isLineEnd = (byte: number | undefined): boolean => byte === LF || byte === CR;

/** Index of the first CR or LF at or after `from`, whatever the quoting; the length when there is none. */
export function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at++) {
    if (isLineEnd(bytes[at])) break;
  }
  return at;
}

/**
 * Index after the line end (CRLF, LF or CR) at `end`. -1 while that cannot be said: more bytes may come and a CR, or
 * nothing, stands last.
 */
export function afterLineEnd(bytes: Uint8Array, end: number, final: boolean): number {
  if (end >= bytes.length) return final ? bytes.length : -1;
  if (bytes[end] === LF) return end + 1;
  if (end + 1 < bytes.length) return bytes[end + 1] === LF ? end + 2 : end + 1;
  return final ? end + 1 : -1;
}
