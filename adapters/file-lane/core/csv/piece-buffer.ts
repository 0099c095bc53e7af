/** Pieces that wait to be scanned, in front of them what the last scan left over. */
export class PieceBuffer {
  #pieces: Uint8Array[] = [];
  #wakeBytes = 0;
  /** Bytes held. */
  length = 0;

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** False while there is not enough to scan what was left over again; so tiny pieces of a long record cost no more than large ones. */
  get isWorthScanning(): boolean {
    return this.length >= this.#wakeBytes;
  }

  joined(): Uint8Array {
    return joined(this.#pieces);
  }

  /** Holds a copy of `rest` alone. It is not worth scanning again before it has doubled or reached `enoughBytes`. */
  leave(rest: Uint8Array, enoughBytes: number): void {
    this.#pieces = rest.length > 0 ? [rest.slice()] : [];
    this.length = rest.length;
    this.#wakeBytes = Math.min(2 * rest.length, enoughBytes);
  }
}

/** The pieces in one array; a single piece as it is. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
