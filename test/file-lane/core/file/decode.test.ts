import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { Dialect } from '#adapters/file-lane/contract/file-format.ts';
import { needsStaging, toUtf8 } from '#adapters/file-lane/core/file/decode.ts';
import { faultOf } from './fault-of.ts';
import { anyCuts, collect, inPieces, Source } from './pieces.ts';

type Encoding = Dialect['encoding'];

const decoded = async (bytes: Uint8Array, encoding: Encoding, cuts: readonly number[] = []) =>
  (await collect(toUtf8(inPieces(bytes, cuts), encoding))).toString('utf8');
const wrongEncoding = (bytes: Uint8Array, encoding: Encoding) =>
  faultOf(toUtf8(inPieces(bytes, [1, 2]), encoding));

const bom = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] } as const;
const encodings: readonly Encoding[] = ['utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'];

const isSingleByte = (encoding: Encoding) => encoding === 'latin1' || encoding === 'windows-1252';

/**
 * Text that the encoding has, without a byte order mark. Single-byte text ends in a byte that is no UTF-8, as it almost
 * always has one somewhere.
 */
function textOf(encoding: Encoding) {
  if (!isSingleByte(encoding))
    return fc.string({ unit: 'binary' }).filter(text => !text.startsWith('\ufeff'));
  const character = fc.nat({ max: 255 }).map(byte => iconv.decode(Buffer.of(byte), 'windows-1252'));
  return fc
    .string({ unit: character })
    .map(text => `${text.replaceAll('\ufffd', '')}é|`)
    .filter(text => !/^(ÿþ|þÿ|ï»¿)/.test(text));
}

const encoded = (text: string, encoding: Encoding): Buffer =>
  encoding === 'utf-16'
    ? iconv.encode(text, 'utf-16', { addBOM: true })
    : iconv.encode(text, encoding === 'latin1' ? 'windows-1252' : encoding);

describe('text in every encoding', () => {
  it.each(encodings)('comes through as it was, whatever the pieces: %s', async encoding => {
    await fc.assert(
      fc.asyncProperty(textOf(encoding), anyCuts, async (text, cuts) => {
        expect(await decoded(encoded(text, encoding), encoding, cuts)).toBe(text);
      }),
    );
  });

  it.each(['utf-16le', 'utf-16be'] as const)('never leaves invalid UTF-8 behind: %s', async encoding => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), anyCuts, async (random, cuts) => {
        const bytes = Buffer.concat([Buffer.from(bom[encoding]), random]);
        const wellFormed = Buffer.from(iconv.decode(bytes, encoding)).toString();
        const text = await decoded(bytes, encoding, cuts);
        expect(text).toBe(wellFormed + (random.length % 2 ? '\ufffd' : ''));
      }),
    );
  });

  it('passes UTF-8 through byte for byte, with its mark and its flaws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), anyCuts, async (random, cuts) => {
        const bytes = Buffer.concat([Buffer.from('é'), random]);
        expect(await collect(toUtf8(inPieces(bytes, cuts), 'utf-8'))).toEqual(bytes);
      }),
    );
    const marked = Buffer.from('\ufeffa');
    expect(await collect(toUtf8(inPieces(marked, [1, 2]), 'utf-8'))).toEqual(marked);
  });

  it.each(['windows-1252', 'latin1'] as const)(
    'has the signs of Windows where ISO 8859-1 has controls: %s',
    async encoding => {
      const bytes = Buffer.from([0x80, 0x84, 0x93, 0x9f, 0xe9]);
      expect(await decoded(bytes, encoding)).toBe('€„“Ÿé');
    },
  );

  it('shows bytes that the encoding does not have as U+FFFD', async () => {
    expect(await decoded(Buffer.from([0x61, 0x81, 0x8d, 0x8f, 0x90, 0x9d]), 'windows-1252')).toBe(
      `a${'\ufffd'.repeat(5)}`,
    );
  });

  it.each([
    ['utf-16le', [0x61, 0x00, 0x3d, 0xd8, 0x62, 0x00], 'a\ufffdb'],
    ['utf-16be', [0x00, 0x61, 0xdc, 0x3d, 0x00, 0x62], 'a\ufffdb'],
    ['utf-16le', [0x61, 0x00, 0x3d, 0xd8], 'a\ufffd'],
    ['utf-16be', [0x00, 0x61, 0x00], 'a\ufffd'],
    ['utf-16le', [0x61, 0x00, 0x62], 'a\ufffd'],
  ] as const)('shows half characters as U+FFFD: %s %j', async (encoding, bytes, text) => {
    for (const cuts of [[], [1, 2, 3, 4, 5]]) {
      expect(await decoded(Buffer.from(bytes), encoding, cuts)).toBe(text);
    }
  });

  it('of an empty file is empty', async () => {
    for (const encoding of encodings) expect(await decoded(Buffer.alloc(0), encoding)).toBe('');
  });

  it('comes in bounded pieces, however large those it is given', async () => {
    const large = new Source([Buffer.alloc(1_000_000, 0xe9)]);
    for await (const piece of toUtf8(large, 'latin1')) expect(piece.length).toBeLessThanOrEqual(131_072);
  });
});

describe('a byte order mark', () => {
  it.each([
    ['utf-16', 'utf-16le'],
    ['utf-16', 'utf-16be'],
    ['utf-16le', 'utf-16le'],
    ['utf-16be', 'utf-16be'],
  ] as const)('of the agreed %s is dropped: %s', async (agreed, found) => {
    const bytes = Buffer.concat([Buffer.from(bom[found]), iconv.encode('a\ufeffé', found)]);
    expect(await decoded(bytes, agreed, [1, 2, 3])).toBe('a\ufeffé');
  });

  it.each([
    ['utf-8', 'utf-16le'],
    ['utf-8', 'utf-16be'],
    ['utf-16', 'utf-8'],
    ['utf-16le', 'utf-16be'],
    ['utf-16be', 'utf-16le'],
    ['utf-16le', 'utf-8'],
    ['latin1', 'utf-8'],
    ['latin1', 'utf-16le'],
    ['windows-1252', 'utf-8'],
    ['windows-1252', 'utf-16be'],
  ] as const)('that contradicts the agreed %s is a fault: %s', async (agreed, found) => {
    const fault = await wrongEncoding(Buffer.from([...bom[found], 0x61, 0x62]), agreed);
    expect(fault.code).toBe('WRONG_ENCODING');
    expect(fault.detail).toBe(`agreed ${agreed}, but the file begins with the byte order mark of ${found}`);
  });

  it('alone is still judged', async () => {
    expect((await wrongEncoding(Buffer.from(bom['utf-16le']), 'utf-8')).code).toBe('WRONG_ENCODING');
    expect(await decoded(Buffer.from(bom['utf-16le']), 'utf-16')).toBe('');
  });

  it('is needed by utf-16, which has two orders', async () => {
    const fault = await wrongEncoding(iconv.encode('a;b', 'utf-16le'), 'utf-16');
    expect(fault.detail).toBe('agreed utf-16, but the file has no byte order mark');
  });
});

describe('single-byte text that turns out to be UTF-8', () => {
  it.each(['latin1', 'windows-1252'] as const)('is a fault at its end: %s', async agreed => {
    const fault = await wrongEncoding(Buffer.from('Stück;10 €'), agreed);
    expect(fault.code).toBe('WRONG_ENCODING');
    expect(fault.detail).toContain('written in UTF-8');
  });

  it('is believed when it is ASCII, or has one byte that UTF-8 has not', async () => {
    expect(await decoded(Buffer.from('a;b'), 'latin1')).toBe('a;b');
    expect(await decoded(Buffer.concat([Buffer.from('ü'), Buffer.of(0xfc)]), 'latin1')).toBe('Ã¼ü');
    expect(await decoded(Buffer.from([0x61, 0xc3]), 'latin1')).toBe('aÃ');
  });
});

describe('reading', () => {
  it.each(encodings)('lets the source’s own errors through unchanged: %s', async encoding => {
    const failure = new Error('connection reset');
    const source = new Source([encoded('añ', encoding)], failure);
    await expect(collect(toUtf8(source, encoding))).rejects.toBe(failure);
  });

  it('closes its source when it is left early', async () => {
    const source = new Source([Buffer.from('abcdef'), Buffer.from('ghi')]);
    for await (const _ of toUtf8(source, 'latin1')) break;
    expect(source.closed).toBe(true);
  });
});

describe('a staged copy', () => {
  it.each([
    ['utf-8', 'none', false],
    ['utf-8', 'gzip', true],
    ['utf-8', 'zip', true],
    ['utf-16', 'none', true],
    ['windows-1252', 'none', true],
  ] as const)('of %s, %s: %j', (encoding, compression, staged) => {
    expect(needsStaging({ encoding }, compression)).toBe(staged);
  });
});
