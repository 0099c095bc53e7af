import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { hashing } from '#adapters/file-lane/core/file/hash.ts';
import { anyCuts, collect, inPieces } from './pieces.ts';

describe('hashing on the way', () => {
  it('leaves the bytes as they are and gives the hash of all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), anyCuts, async (bytes, cuts) => {
        const hash = createHash('sha256');
        expect(await collect(hashing(inPieces(bytes, cuts), hash))).toEqual(Buffer.from(bytes));
        expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});
