import { unlessStalled } from '#adapters/file-lane/flow/unless-stalled.ts';
import { contentOf } from '../core/pgp/open-pgp.ts';

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
const stall = { milliseconds: 60, fault: () => new Error('stalled') };
const piece = Buffer.from('piece');

describe('what makes pieces of other pieces', () => {
  let ended = false;
  async function* slowly() {
    ended = false;
    try {
      for (let i = 0; i < 2; i++) {
        await pause(150);
        yield piece;
      }
    } finally {
      ended = true;
    }
  }

  async function* unchanged(source: AsyncIterable<Uint8Array>) {
    yield* source;
  }

  it('may wait for its source, and its reader may take its time', async () => {
    const pieces: Uint8Array[] = [];
    for await (const next of unlessStalled(slowly(), unchanged, stall)) {
      pieces.push(next);
      await pause(150);
    }
    expect(pieces).toHaveLength(2);
    expect(ended).toBe(true);
  });

  it('is stopped when it waits for nothing, and its source is ended', async () => {
    async function* stuck(source: AsyncIterable<Uint8Array>) {
      for await (const next of source) {
        yield next;
        await new Promise(() => undefined);
      }
    }
    await expect(contentOf(unlessStalled(slowly(), stuck, stall))).rejects.toThrow('stalled');
    expect(ended).toBe(true);
  });

  it('fails as its source fails', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield piece;
      throw new Error('broken');
    }
    await expect(contentOf(unlessStalled(broken(), unchanged, stall))).rejects.toThrow('broken');
  });
});
