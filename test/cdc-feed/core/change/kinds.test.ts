import fc from 'fast-check';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { columnReader } from '#adapters/cdc-feed/core/change/column.ts';
import { parseDocumentText } from '#adapters/cdc-feed/core/change/extended-json.ts';
import { parseDocument } from '#adapters/cdc-feed/core/change/plain-value.ts';
import { Unreadable } from '#adapters/cdc-feed/core/change/unreadable.ts';
import { changeIn } from './support.ts';

const encodings = { decimals: 'precise', binary: 'bytes' } as const;
const uuid = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';

describe('a UUID', () => {
  const read = columnReader(is.uuid(), encodings);

  it.each([
    ['its text', uuid],
    ['capitals', uuid.toUpperCase()],
    ['braces', `{${uuid.toUpperCase()}}`],
    ['no hyphens', uuid.replaceAll('-', '')],
    ['its 16 bytes', 'oO68mZwLTvi7bWu5vTgKEQ=='],
  ])('is one text from %s', (_what, raw) => {
    expect(read(raw)).toBe(uuid);
  });

  it.each([
    '',
    'x',
    uuid.slice(1),
    `${uuid}0`,
    `{${uuid}`,
    uuid.replace('a', 'g'),
    'oO68mZwLTvi7bWu5vTgK',
    7,
  ])('is not %j', raw => {
    expect(read(raw)).toBeInstanceOf(Unreadable);
  });

  it('is told by the 16 bytes of a column that its record’s schema calls bytes', () => {
    const entities = { 'd.t': { key: ['id'], columns: { id: is.uuid() } } };
    const fields = [{ field: 'after', type: 'struct', fields: [{ field: 'id', type: 'bytes' }] }];
    const payload = {
      ...{ before: null, after: { id: 'oO68mZwLTvi7bWu5vTgKEQ==' }, op: 'c', ts_ms: 1 },
      source: { db: 'd', table: 't', file: 'bin.000001', pos: 4, row: 0, snapshot: 'false' },
    };
    const source = { kind: 'debezium', connector: 'mysql', entities } as const;
    expect(changeIn(source, { schema: { type: 'struct', fields }, payload }).key).toEqual({ id: uuid });
  });

  it.each([
    ['{"u": {"$binary": "oO68mZwLTvi7bWu5vTgKEQ==", "$type": "04"}}'],
    ['{"u": {"$binary": "oO68mZwLTvi7bWu5vTgKEQ==", "$type": "03"}}'],
    ['{"u": {"$binary": {"base64": "oO68mZwLTvi7bWu5vTgKEQ==", "subType": "04"}}}'],
    ['{"u": {"$binary": {"base64": "oO68mZwLTvi7bWu5vTgKEQ==", "subType": "3"}}}'],
    [`{"u": {"$uuid": "${uuid}"}}`],
  ])('of MongoDB is its text from %s', text => {
    expect(parseDocumentText(text)).toEqual({ u: uuid });
  });

  it('of MongoDB is still bytes where its column is declared so, and other bytes are no UUID', () => {
    expect(columnReader(is.bytes(), encodings)(uuid)).toBe('oO68mZwLTvi7bWu5vTgKEQ==');
    expect(parseDocumentText('{"u": {"$binary": "oO68", "$type": "04"}}')).toEqual({ u: 'oO68' });
    expect(parseDocumentText('{"u": {"$binary": "oO68mZwLTvi7bWu5vTgKEQ==", "$type": "00"}}')).toEqual({
      u: 'oO68mZwLTvi7bWu5vTgKEQ==',
    });
  });
});

describe('an interval', () => {
  const read = columnReader(is.interval(), encodings);

  it.each([
    ['P1Y2M3DT4H5M6.78S'],
    ['PT0S'],
    ['-P1D'],
    ['1 year 2 mons -3 days 04:05:06.78'],
    ['00:00:00'],
    ['+000000002 03:04:05.000006'],
    ['+02-03'],
  ])('is %s, as it is', raw => {
    expect(read(raw)).toBe(raw);
  });

  it.each([[''], ['P'], ['PT'], ['soon'], ['1 apple'], ['days']])('is not %j', raw => {
    expect(read(raw)).toBeInstanceOf(Unreadable);
  });
});

describe('a number in JSON', () => {
  it.each([
    ['12.5', 12.5],
    ['12.50', 12.5],
    ['7.0', 7],
    ['-0.0', 0],
    ['1e3', 1000],
    ['1e-7', 1e-7],
    ['9007199254740993', '9007199254740993'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['9007199254740993.5', '9007199254740993.5'],
    ['1e-400', `0.${'0'.repeat(399)}1`],
  ])('%s is %j', (written, expected) => {
    expect(parseDocument(`{"n": ${written}}`)).toEqual({ n: expected });
  });

  it('is the number that was written, whatever double it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), double => {
        expect(parseDocument(`[${JSON.stringify(double)}]`)).toEqual([double + 0]);
      }),
    );
  });
});

describe('a time in its parts', () => {
  const day = { year: 2018, month: 6, day: 20 };
  const clock = { hour: 15, minute: 13, second: 16, picoseconds: 945_104_000_000 };

  it.each<[string, is.ColumnType, object, string | null]>([
    ['date', is.date(), day, '2018-06-20'],
    ['date before our era', is.date(), { ...day, year: -43 }, '-000043-06-20'],
    ['date beyond 9999', is.date(), { ...day, year: 10_000 }, '+010000-06-20'],
    ['zero date', is.date(), { year: 0, month: 0, day: 0 }, null],
    ['infinite date', is.date(), { year: null, specialValue: 'POSITIVE_INFINITY' }, 'infinity'],
    ['time', is.time('micros'), clock, '15:13:16.945104'],
    ['time with an offset', is.time('micros'), { ...clock, offsetSeconds: 7_200 }, '13:13:16.945104Z'],
    ['timestamp', is.timestamp('micros'), { ...day, ...clock }, '2018-06-20T15:13:16.945104Z'],
    [
      'timestamp with an offset',
      is.timestamp('micros'),
      { ...day, ...clock, offsetSeconds: -19_800 },
      '2018-06-20T20:43:16.945104Z',
    ],
    [
      'timestamp in nanoseconds',
      is.timestamp('nanos'),
      { ...day, hour: 1, nanos: 1 },
      '2018-06-20T01:00:00.000000001Z',
    ],
    [
      'interval',
      is.interval(),
      { years: 1, days: -2, seconds: 3, picoseconds: 500_000_000_000 },
      'P1Y-2DT3.5S',
    ],
    ['interval of nothing', is.interval(), { years: 0, seconds: 0 }, 'PT0S'],
  ])('is its canonical text: %s', (_what, type, raw, expected) => {
    expect(columnReader(type, encodings)(raw as never)).toBe(expected);
  });

  it.each<[string, is.ColumnType, object]>([
    ['no parts', is.timestamp('micros'), {}],
    ['an impossible day', is.date(), { year: 2018, month: 2, day: 30 }],
    ['picoseconds that no value can hold', is.timestamp('micros'), { ...day, ...clock, picoseconds: 1 }],
    ['an unknown special value', is.date(), { specialValue: 'constructor' }],
    ['parts that are no numbers', is.date(), { year: 'x', month: 1, day: 1 }],
  ])('is a fault with %s', (_what, type, raw) => {
    expect(columnReader(type, encodings)(raw as never)).toBeInstanceOf(Unreadable);
  });
});
