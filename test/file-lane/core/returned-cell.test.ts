import * as fc from 'fast-check';
import { returnedCell } from '#adapters/file-lane/core/correction/returned-cell.ts';
import { harmlessCell, restoredCell } from '#adapters/file-lane/core/quarantine/harmless-cell.ts';

/** What a cell was, what a spreadsheet makes of it. */
const rewritten: readonly (readonly [string, string])[] = [
  ['00123', '123'],
  ['007.50', '7.5'],
  ['12.50', '12,5'],
  ['12.50', '12,50'],
  ['1234567.8', '1.234.567,80'],
  ['1234567.8', '1,234,567.80'],
  ['1234567.8', '1 234 567,8'],
  ['-5.0', '-5'],
  ['+49301234567', '49301234567'],
  ['1234567890123456', '1.23457E+15'],
  ['1234567890123456', '1,23457E+15'],
  ['49301234567890', '4.93012E+13'],
  ['12345678901234567890', '12345678901234500000'],
  ['2026-01-31', '31.01.2026'],
  ['2026-01-31', '1/31/2026'],
  ['2026-01-31', '31/01/26'],
  ['31.01.2026', '2026-01-31'],
  ['20260131', '31.01.2026'],
  ['2026-01-31T06:30:00', '31.01.2026 06:30'],
  ['2026-01-31 18:30:00', '1/31/2026 6:30 PM'],
  ['3-4', '03. Apr'],
  ['1/2026', 'Jan 26'],
  ['true', 'TRUE'],
  ['Łódź', '?ód?'],
  ['two\r\nlines', 'two\nlines'],
  [' x ', 'x'],
];

describe('a cell that came back', () => {
  it.each(rewritten)('%s as %s is what it was, where nothing was wrong with it', (original, cell) => {
    expect(returnedCell(cell, { original, atFault: false })).toBe(original);
    expect(returnedCell(cell, { original, atFault: 'unknown' })).toBeUndefined();
  });

  it.each([
    ['00123', '124'],
    ['12.50', '12.05'],
    ['12.50', '1250'],
    ['1234567890123456', '1.23458E+15'],
    ['1234567890123456', '1.23457E+14'],
    ['2026-01-31', '30.01.2026'],
    ['2026-01-31T06:30:00', '31.01.2026 07:30'],
    ['2026-01-31T06:30:05', '31.01.2026 06:30:30'],
    ['3-4', '05. Apr'],
    ['Łódź', '?ód!'],
    ['red', 'blue'],
    ['red', ''],
  ])('%s as %s is a correction', (original, cell) => {
    for (const atFault of [true, false, 'unknown'] as const)
      expect(returnedCell(cell, { original, atFault })).toBe(cell);
  });

  it('is as the partner wrote it where it was at fault, unless its digits are lost', () => {
    expect(returnedCell('31.01.2026', { original: '2026-01-31', atFault: true })).toBe('31.01.2026');
    expect(returnedCell('1.23457E+15', { original: '1234567890123456', atFault: true })).toBeUndefined();
    expect(returnedCell('1.23457E+15', { original: undefined, atFault: true })).toBeUndefined();
  });

  it.each(['=1+1', '\n=1', '＝1', 'a;=1+1', '\t=x', '-x', "'=own", '+49123'])(
    'has no apostrophe that we set: %j',
    original => {
      const sent = harmlessCell(original);
      expect(returnedCell(sent, { original, atFault: true })).toBe(original);
      expect(returnedCell(`${sent}9`, { original, atFault: true })).toBe(restoredCell(`${sent}9`));
    },
  );

  it('gets back what it was before it was made harmless, unless the apostrophe was its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."=+-@;,|\t\n'a1 ＝") }), cell => {
        if (!/(^|[;,|\t])'/.test(cell)) expect(restoredCell(harmlessCell(cell))).toBe(cell);
        expect(returnedCell(harmlessCell(cell), { original: cell, atFault: true })).toBe(cell);
      }),
      { numRuns: 2_000 },
    );
  });
});
