import type { Work } from './work.ts';

/** The pieces as they come. Before each is passed on, what is leased stays so for a while. */
export async function* withHeartbeats(
  { keepLeases }: Pick<Work, 'keepLeases'>,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    await keepLeases?.();
    yield piece;
  }
}
