import { isAscii, isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { Utf8Evidence } from '#adapters/file-lane/core/file/decode.ts';
import { anyCuts, inPieces } from './pieces.ts';

async function verdictOn(bytes: Uint8Array, cuts: readonly number[] = []) {
  const evidence = new Utf8Evidence();
  for await (const piece of inPieces(bytes, cuts)) evidence.push(piece);
  return evidence.verdict();
}

describe('evidence of UTF-8', () => {
  it('is the same in any pieces as for the whole', async () => {
    const nearlyText = fc
      .array(fc.oneof(fc.string({ unit: 'binary' }).map(Buffer.from), fc.uint8Array({ maxLength: 2 })))
      .map(parts => Buffer.concat(parts));
    await fc.assert(
      fc.asyncProperty(nearlyText, anyCuts, async (bytes, cuts) => {
        const expected = isAscii(bytes) ? 'ascii' : isUtf8(bytes) ? 'utf-8' : 'not-utf-8';
        expect(await verdictOn(bytes, cuts)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['overlong', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['cut off', [0xe2, 0x82]],
    ['a continuation alone', [0x80]],
    ['no lead byte', [0xff]],
  ])('is refused: %s', async (_flaw, bytes) => {
    for (const cuts of [[], [1, 2, 3]])
      expect(await verdictOn(Uint8Array.from(bytes), cuts)).toBe('not-utf-8');
  });
});
