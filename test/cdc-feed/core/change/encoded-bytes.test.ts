import fc from 'fast-check';
import { bitString, canonicalBytes, fromBase64 } from '#adapters/cdc-feed/core/change/encoded-bytes.ts';
import { Unreadable } from '#adapters/cdc-feed/core/change/unreadable.ts';

/** What Java's `BitSet.toByteArray` writes: least significant first, trailing zero bytes dropped. */
function javaBits(bits: string): Uint8Array {
  const bytes: number[] = [];
  [...bits].reverse().forEach((bit, at) => {
    if (bit === '1') bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
  });
  return Uint8Array.from(bytes, byte => byte ?? 0);
}

describe('bit strings', () => {
  test('any is read back', () => {
    const bits = fc.string({ unit: fc.constantFrom('0', '1'), minLength: 1, maxLength: 130 });
    fc.assert(fc.property(bits, text => bitString(javaBits(text), text.length) === text));
  });

  // Values of https://github.com/debezium/debezium, AbstractRecordsProducerTest (PostgreSQL).
  test.each([
    [[64], 7, '1000000'],
    [[], 2, '00'],
    [[1, 2, 3], 24, '000000110000001000000001'],
    [[5], 2_147_483_647, '101'],
    [[1, 2, 35, -38, 1], 2_147_483_647, '111011010001000110000001000000001'],
    [[0, 0, 0, 0, 0, 0, 0, -128], 64, `1${'0'.repeat(63)}`],
  ])('%j of length %i are %s', (bytes, length, expected) => {
    expect(bitString(Uint8Array.from(bytes), length)).toBe(expected);
  });

  test('more bits than declared are refused', () => {
    expect(bitString(Uint8Array.of(4), 2)).toBeInstanceOf(Unreadable);
  });
});

describe('bytes', () => {
  test('any are canonical base64 in every mode of the connector', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        const buffer = Buffer.from(bytes);
        const expected = buffer.toString('base64');
        expect(canonicalBytes(expected, 'bytes')).toBe(expected);
        expect(canonicalBytes(expected, 'base64')).toBe(expected);
        expect(canonicalBytes(buffer.toString('base64url'), 'base64-url-safe')).toBe(expected);
        expect(canonicalBytes(buffer.toString('hex'), 'hex')).toBe(expected);
      }),
    );
  });

  test.each(['A', 'AAAAA', 'A===', 'AA=A', 'AA A', 'AA-_', 'é'])('"%s" is not base64', text => {
    expect(fromBase64(text)).toBeInstanceOf(Unreadable);
  });
});
