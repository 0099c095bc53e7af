import type { Hash } from 'node:crypto';

/** Passes the bytes on unchanged and adds them to `hash` on the way. */
export async function* hashing(
  source: AsyncIterable<Uint8Array>,
  hash: Pick<Hash, 'update'>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
}
