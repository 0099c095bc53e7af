import { dialectOf } from '#adapters/file-lane/contract/file-format.ts';
import { parseTrailer } from '#adapters/file-lane/core/file/trailer.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { integer } from '#shared/core/mapping/integer.ts';
import { answeredFault } from './fault-of.ts';

const dialect = dialectOf({ delimiter: ';' });
const trailer = { startsWith: 'TRL', records: 2, totals: { price: 3, quantity: 4 } };
const german = {
  price: decimal({ decimalMark: ',', groupMark: '.', max: '999' }),
  quantity: integer({ max: 10 }),
};

describe('a trailer', () => {
  it('gives its records and totals', () => {
    expect(parseTrailer('TRL;12;-3.50;7', trailer, { dialect })).toEqual({
      records: 12,
      totals: { price: '-3.50', quantity: '7' },
    });
  });

  it('may be quoted, padded and longer than needed', () => {
    expect(parseTrailer('TRL; 2 ;"1.5";7;x;y', trailer, { dialect })).toEqual({
      records: 2,
      totals: { price: '1.5', quantity: '7' },
    });
  });

  it('writes totals as their columns write numbers', () => {
    expect(parseTrailer('TRL;2;12,5;7', trailer, { dialect, columns: german })).toMatchObject({
      totals: { price: '12.5', quantity: '7' },
    });
  });

  it('may total more than one row may hold', () => {
    expect(parseTrailer('TRL;2;1.234.567,50;4711', trailer, { dialect, columns: german })).toMatchObject({
      totals: { price: '1234567.50', quantity: '4711' },
    });
  });

  it('may declare nothing but the end of the file', () => {
    expect(parseTrailer('EOF', { startsWith: 'EOF' }, { dialect })).toEqual({
      records: undefined,
      totals: {},
    });
  });

  it.each([
    ['', 'does not begin with TRL'],
    ['9;1', 'does not begin with TRL'],
    ['TRL', 'field 2 of the trailer holds no number of records'],
    ['TRL;-1;1;1', 'field 2 of the trailer holds no number of records'],
    ['TRL;99999999999999999999;1;1', 'field 2 of the trailer holds no number of records'],
    ['TRL;1;', 'field 3 of the trailer holds no total of price'],
    ['TRL;1;abc;1', 'field 3 of the trailer holds no total of price'],
    ['TRL;1;1.2', 'field 4 of the trailer holds no total of quantity'],
    ['TRL;"1', 'is not quoted as agreed'],
    ['TRL;1\nTRL;2', 'more than one line'],
  ])('is refused when it is %j', (text, detail) => {
    const fault = answeredFault(parseTrailer(text, trailer, { dialect }));
    expect(fault.code).toBe('MISSING_TRAILER');
    expect(fault.detail).toContain(detail);
  });
});
