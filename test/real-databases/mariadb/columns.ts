import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { type ColumnUnderTest, quoted } from '../column-under-test.ts';

const nines = (count: number): string => '9'.repeat(count);

const fromHex = (text: string): string => `unhex(${text})`;
const fromBits = (text: string): string => `cast(conv(${text}, 2, 10) as unsigned)`;
const time = (canonical: string): string => quoted(canonical.replace('T', ' ').replace('Z', ''));
const bytes = (canonical: string): string => `from_base64(${quoted(canonical)})`;
const withoutZeroDates = (column: string): string => `nullif(${column}, '0000-00-00')`;

/** Every type that can be compared by value, with both ends of its range. */
export const columns: readonly ColumnUnderTest[] = [
  { name: 'id', sql: 'int', type: is.integer(), values: [], required: true },
  { name: 'tiny', sql: 'tinyint', type: is.integer(), values: ['-128', '0', '127'] },
  { name: 'tinyu', sql: 'tinyint unsigned', type: is.integer(), values: ['0', '255'] },
  {
    name: 'truth',
    sql: 'tinyint(1)',
    type: is.boolean(),
    values: ['0', '1'],
    restore: canonical => (canonical === 'true' ? '1' : '0'),
  },
  { name: 'smallu', sql: 'smallint unsigned', type: is.integer(), values: ['0', '65535'] },
  { name: 'medium', sql: 'mediumint', type: is.integer(), values: ['-8388608', '8388607'] },
  { name: 'intu', sql: 'int unsigned', type: is.integer(), values: ['0', '4294967295'] },
  {
    name: 'big',
    sql: 'bigint',
    type: is.integer(),
    values: ['-9223372036854775808', '9007199254740993', '9223372036854775807'],
  },
  {
    name: 'bigu',
    sql: 'bigint unsigned',
    type: is.integer({ unsigned: true }),
    values: ['0', '9223372036854775808', '18446744073709551615'],
  },
  {
    name: 'amount',
    sql: 'decimal(65,30)',
    type: is.decimal({ scale: 30 }),
    values: [
      `-${nines(35)}.${nines(30)}`,
      '0',
      '10.2345',
      `${nines(35)}.${nines(30)}`,
      `0.${'0'.repeat(29)}1`,
    ],
  },
  {
    name: 'price',
    sql: 'decimal(10,2)',
    type: is.decimal({ scale: 2 }),
    values: ['-99999999.99', '0.05', '1.50'],
  },
  { name: 'whole', sql: 'decimal(20,0)', type: is.decimal({ scale: 0 }), values: [nines(20), '-1'] },
  { name: 'single', sql: 'float', type: is.float(), values: ['1.17549e-38', '-3.40282e38', '0.1'] },
  {
    name: 'twice',
    sql: 'double',
    type: is.float(),
    values: ['2.2250738585072014e-308', '1.7976931348623157e308', '0.1'],
  },
  { name: 'flag', sql: 'bit(1)', type: is.bits(1), values: ['0', '1'], make: fromBits, restore: bits },
  {
    name: 'flags',
    sql: 'bit(64)',
    type: is.bits(64),
    values: ['1'.repeat(64), `1${'0'.repeat(62)}1`, '0'],
    make: fromBits,
    restore: bits,
  },
  {
    name: 'note',
    sql: 'varchar(200)',
    type: is.text(),
    values: ['', ' x ', "O'Brien \\", 'Zoë 🦉', '{}'],
    required: true,
  },
  { name: 'code', sql: 'char(4)', type: is.text(), values: ['a', 'abcd'] },
  { name: 'long_text', sql: 'longtext', type: is.text(), values: ['a'.repeat(70_000), 'ä'.repeat(300)] },
  {
    name: 'document',
    sql: 'json',
    type: is.json(),
    // The document `null` is left out: to readers it is the same as no document.
    values: ['{"b": [1, 2.5, null], "a": {"ü": true}}', '[]', '9007199254740991'],
    compare: column => `json_normalize(${column})`,
  },
  {
    name: 'token',
    sql: 'binary(16)',
    type: is.uuid(),
    values: [
      '00000000000000000000000000000000',
      'ffffffffffffffffffffffffffffffff',
      'a000000000000000000000000000b000',
    ],
    make: fromHex,
    restore: canonical => `unhex(${quoted(canonical.replaceAll('-', ''))})`,
  },
  {
    name: 'photo',
    sql: 'varbinary(8)',
    type: is.bytes(),
    values: ['00', 'ff0102', '0a09'],
    make: fromHex,
    restore: bytes,
  },
  {
    name: 'scan',
    sql: 'longblob',
    type: is.bytes(),
    values: ['00'.repeat(300), 'ff'],
    make: fromHex,
    restore: bytes,
  },
  { name: 'mood', sql: "enum('sad','happy')", type: is.text(), values: ['sad', 'happy'] },
  { name: 'tags', sql: "set('a','b','c')", type: is.text(), values: ['a', 'a,c', 'a,b,c'] },
  {
    name: 'day',
    sql: 'date',
    type: is.date(),
    values: ['1000-01-01', '2024-02-29', '9999-12-31', '0000-00-00'],
    compare: withoutZeroDates,
  },
  {
    name: 'local',
    sql: 'datetime',
    type: is.timestamp('millis'),
    values: ['1000-01-01 00:00:00', '9999-12-31 23:59:59', '0000-00-00 00:00:00'],
    restore: time,
    compare: withoutZeroDates,
  },
  {
    name: 'fine',
    sql: 'datetime(6)',
    type: is.timestamp('micros'),
    values: ['1000-01-01 00:00:00.000001', '9999-12-31 23:59:59.999999'],
    restore: time,
  },
  {
    name: 'at',
    sql: 'timestamp(6) null',
    type: is.timestamp('micros'),
    values: ['1970-01-01 00:00:01.000000', '2026-03-29 02:30:00.123456', '2038-01-19 03:14:07.999999'],
    restore: time,
  },
  {
    name: 'clock',
    sql: 'time(6)',
    type: is.time('micros'),
    values: ['-838:59:59.999999', '-00:00:00.000001', '838:59:59.999999'],
  },
  { name: 'hours', sql: 'time', type: is.time('micros'), values: ['-838:59:59', '00:00:00', '24:00:00'] },
  { name: 'since', sql: 'year', type: is.integer(), values: ['1901', '2155', '0'] },
];

function bits(canonical: string): string {
  return fromBits(quoted(canonical));
}
