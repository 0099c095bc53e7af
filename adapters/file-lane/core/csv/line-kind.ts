import type { Dialect } from '../../contract/file-format.ts';

/** What a line is by how it begins. */
export type LineKind = 'record' | 'comment' | 'trailer';

const bom = [0xef, 0xbb, 0xbf];

/** Whether the bytes at `at` are `prefix`. Undefined where they end within it. */
function startsWith(bytes: Uint8Array, at: number, prefix: ArrayLike<number>): boolean | undefined {
  for (let i = 0; i < prefix.length; i++) {
    if (at + i >= bytes.length) return undefined;
    if (bytes[at + i] !== prefix[i]) return false;
  }
  return true;
}

/** Length of the byte order mark that `bytes` begin with, or undefined while that cannot be said. */
export function bomLength(bytes: Uint8Array, final: boolean): number | undefined {
  const found = startsWith(bytes, 0, bom);
  if (found === undefined) return final ? 0 : undefined;
  return found ? bom.length : 0;
}

/** Tells trailers, then comments, from records. */
export class LineKinds {
  readonly #prefixes: readonly { readonly kind: LineKind; readonly bytes: Uint8Array }[];

  constructor({ trailer, comment }: Pick<Dialect, 'trailer' | 'comment'>) {
    const prefix = (kind: LineKind, text: string | undefined) =>
      text ? [{ kind, bytes: new TextEncoder().encode(text) }] : [];
    this.#prefixes = [...prefix('trailer', trailer?.startsWith), ...prefix('comment', comment)];
  }

  /** Undefined while the bytes do not say. */
  of(bytes: Uint8Array, at: number, final: boolean): LineKind | undefined {
    for (const prefix of this.#prefixes) {
      const found = startsWith(bytes, at, prefix.bytes);
      if (found === undefined && !final) return undefined;
      if (found) return prefix.kind;
    }
    return 'record';
  }
}
