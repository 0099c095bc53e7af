import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { type ColumnUnderTest, quoted } from '../column-under-test.ts';

/** ISO's years as PostgreSQL writes them: `-004713-11-24` is `4714-11-24 BC`. */
function written(canonical: string): string {
  const [, sign, year = '', rest = ''] = /^([+-]?)(\d{4,})(-.*)$/.exec(canonical) ?? [];
  if (sign === '-') return `${String(Number(year) + 1).padStart(4, '0')}${rest} BC`;
  return year === '0000' ? `0001${rest} BC` : `${year}${rest}`;
}
const time = (canonical: string): string =>
  quoted(canonical.endsWith('infinity') ? canonical : written(canonical));

const nines = (count: number): string => '9'.repeat(count);
const ofJson = (type: string) => (canonical: string) =>
  `array(select jsonb_array_elements_text(${quoted(canonical)}::jsonb))::${type}[]`;

/** Every type that can be compared by value, with both ends of its range. */
export const columns: readonly ColumnUnderTest[] = [
  { name: 'id', sql: 'integer', type: is.integer(), values: [], required: true },
  { name: 'truth', sql: 'boolean', type: is.boolean(), values: ['t', 'f'] },
  { name: 'small', sql: 'smallint', type: is.integer(), values: ['-32768', '0', '32767'] },
  {
    name: 'big',
    sql: 'bigint',
    type: is.integer(),
    values: ['-9223372036854775808', '9007199254740993', '9223372036854775807'],
  },
  {
    name: 'amount',
    sql: 'numeric(20,4)',
    type: is.decimal({ scale: 4 }),
    values: [`-${nines(16)}.${nines(4)}`, '0', '10.2345', `${nines(16)}.${nines(4)}`],
  },
  {
    name: 'hundreds',
    sql: 'numeric(3,-2)',
    type: is.decimal({ scale: -2 }),
    values: ['-99900', '0', '12300'],
  },
  {
    name: 'anynumber',
    sql: 'numeric',
    type: is.decimal(),
    values: [nines(2_000), `-0.${'0'.repeat(2_000)}1`, '0', '1.50'],
  },
  {
    name: 'price',
    sql: 'money',
    type: is.decimal({ scale: 2 }),
    values: ['-92233720368547758.08', '92233720368547758.07', '1.5'],
  },
  {
    name: 'single',
    sql: 'real',
    type: is.float(),
    values: ['1e-45', '-3.4028235e38', 'NaN', '-Infinity', '0.1'],
  },
  {
    name: 'twice',
    sql: 'double precision',
    type: is.float(),
    values: ['5e-324', '1.7976931348623157e308', 'NaN', 'Infinity', '0.1', '-0'],
  },
  {
    name: 'note',
    sql: 'text',
    type: is.text(),
    values: ['', ' x ', "O'Brien \\ \t\n", 'Zoë 🦉', '{}'],
    required: true,
  },
  // About 9 kB that do not compress, so that PostgreSQL stores them outside of the row.
  { name: 'long', sql: 'text', type: is.text(), values: ['a', 'b', 'c'].map(longText) },
  { name: 'code', sql: 'char(4)', type: is.text(), values: ['a', 'abcd'] },
  {
    name: 'token',
    sql: 'uuid',
    type: is.uuid(),
    values: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  },
  {
    name: 'photo',
    sql: 'bytea',
    type: is.bytes(),
    values: ['\\x00', '\\xff0102'],
    restore: canonical => `decode(${quoted(canonical)}, 'base64')`,
  },
  {
    name: 'flags',
    sql: 'bit(12)',
    type: is.bits(12),
    values: ['000000000000', '100000000001', '111111111111'],
  },
  {
    name: 'document',
    sql: 'jsonb',
    type: is.json(),
    // The document `null` is left out: to readers it is the same as no document.
    values: ['{"b": [1, 2.5, null], "a": {"ü": true}}', '[]', '-1e-7', '9007199254740991'],
  },
  {
    name: 'day',
    sql: 'date',
    type: is.date(),
    values: ['4714-11-24 BC', '0001-12-31 BC', '2024-02-29', '5874897-12-31', 'infinity', '-infinity'],
    restore: time,
  },
  {
    name: 'at',
    sql: 'timestamptz',
    type: is.timestamp('micros'),
    values: [
      '4714-11-24 00:00:00+00 BC',
      '2026-03-29 02:30:00.000001+02',
      '294276-12-31 23:59:59.999999+00',
      'infinity',
      '-infinity',
    ],
    restore: time,
  },
  {
    name: 'local',
    sql: 'timestamp',
    type: is.timestamp('micros'),
    // Beyond the year 294,247 the connector's 64 bits of microseconds end.
    values: [
      '4714-11-24 00:00:00 BC',
      '1969-12-31 23:59:59.999999',
      '294246-12-31 23:59:59.999999',
      'infinity',
      '-infinity',
    ],
    restore: time,
  },
  {
    name: 'clock',
    sql: 'time',
    type: is.time('micros'),
    values: ['00:00:00', '23:59:59.999999', '24:00:00'],
  },
  {
    name: 'zoned',
    sql: 'timetz',
    type: is.time('micros'),
    values: ['00:00:00+15:59:59', '23:59:59.999999-15:59', '12:00:00.5+00'],
    compare: column => `${column} at time zone 'UTC'`,
  },
  {
    name: 'span',
    sql: 'interval',
    type: is.interval(),
    values: ['-178000000 years', '178000000 years', '1 year 2 mons -3 days 04:05:06.789', '0'],
  },
  {
    name: 'numbers',
    sql: 'integer[]',
    type: is.array(is.integer()),
    values: ['{}', '{-2147483648,NULL,2147483647}'],
    restore: ofJson('integer'),
  },
  {
    name: 'words',
    sql: 'text[]',
    type: is.array(is.text()),
    values: ['{}', '{a,b}'],
    restore: ofJson('text'),
  },
  { name: 'mood', sql: 'mood', type: is.text(), values: ['sad', 'happy'] },
  { name: 'address', sql: 'inet', type: is.text(), values: ['::', '255.255.255.255/8'] },
  { name: 'between', sql: 'int8range', type: is.text(), values: ['empty', '(,)', '[1,9223372036854775807)'] },
];

function longText(seed: string): string {
  return Array.from({ length: 500 }, (_, i) => `${seed}${(i * 2_654_435_761) % 4_294_967_296}`).join('');
}
