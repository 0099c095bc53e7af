import * as fc from 'fast-check';
import { limits } from '#shared/contract/limits.ts';
import { anyFormat, anyPieces, bytesOf, noise, type Scan, scan } from './support.ts';

/** Small enough that unclosed quotes and long lines come up all the time. */
const tight = { recordBytesMax: 8, quarantinedRowBytesMax: 5, rescannedBytesMax: 1_000_000 };

const sources = anyFormat.chain(format =>
  fc.record({
    format: fc.constant({ ...format, trailer: { startsWith: 'aa' } }),
    text: noise(format, 60),
    bounds: fc.constantFrom(tight, tight, limits),
    pieces: anyPieces,
  }),
);

/** Counted without the scanner: line ends before a byte, and one. */
const lineAt = (bytes: Uint8Array, byte: number): number =>
  1 +
  (
    Buffer.from(bytes.subarray(0, byte))
      .toString('latin1')
      .match(/\r\n|\r|\n/g) ?? []
  ).length;

const cutsOf = ({ records, cuts }: Scan): readonly number[] =>
  [...new Set([...records.map(({ next }) => next), ...cuts.map(({ byte }) => byte)])].sort((a, b) => a - b);

test('the same records are found in whatever pieces the bytes come', () => {
  fc.assert(
    fc.property(sources, ({ format, text, bounds, pieces }) => {
      const whole = scan(text, { format, bounds });
      const pieced = scan(text, { format, bounds, pieces });
      expect(pieced.records).toEqual(whole.records);
      expect(pieced.scanner.trailer).toEqual(whole.scanner.trailer);
    }),
    { numRuns: 800 },
  );
});

test('a scan from any cut to any later cut finds the records between them, with the same faults', () => {
  const cases = fc.record({ source: sources, start: fc.nat(), length: fc.nat(), pieces: anyPieces });
  fc.assert(
    fc.property(cases, ({ source: { format, text, bounds, pieces }, start, length, pieces: others }) => {
      const bytes = bytesOf(text);
      const whole = scan(bytes, { format, bounds, pieces });
      const cuts = cutsOf(whole);
      const a = start % cuts.length;
      const [from, to] = [cuts[a]!, cuts[a + (length % (cuts.length - a))]!];
      const place = { byte: from, line: lineAt(bytes, from) };
      const part = scan(bytes.slice(from, to), { format, bounds, pieces: others, from: place });
      expect(part.records).toEqual(whole.records.filter(({ offset }) => offset >= from && offset < to));
      const unended = to > from && !/[\r\n]/.test(String.fromCharCode(bytes[to - 1]!));
      expect(part.cuts.at(-1)).toEqual({ byte: to, line: lineAt(bytes, to) + (unended ? 1 : 0) });
    }),
    { numRuns: 2000 },
  );
});

test('records lie in order, do not overlap, and name the line on which they begin', () => {
  fc.assert(
    fc.property(sources, ({ format, text, bounds, pieces }) => {
      const bytes = bytesOf(text);
      let before = 0;
      for (const { offset, next, line } of scan(bytes, { format, bounds, pieces }).records) {
        expect(offset).toBeGreaterThanOrEqual(before);
        expect(next).toBeGreaterThan(offset);
        expect(line).toBe(lineAt(bytes, offset));
        before = next;
      }
      expect(before).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 500 },
  );
});
