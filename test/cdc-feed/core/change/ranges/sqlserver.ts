import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import {
  bytes,
  decimalOf,
  int,
  named,
  nines,
  precise,
  type RangeCase,
  range,
  string,
  zeros,
} from './range-case.ts';

// Ranges: https://learn.microsoft.com/sql/t-sql/data-types; encodings: "Data type mappings" of the connector.

export const sqlserver: readonly RangeCase[] = [
  ...range('bit', is.boolean(), { type: 'boolean' }, ['false', false], ['true', true]),
  ...range('tinyint', is.integer(), int(16), ['0', 0], ['255', 255]),
  ...range('bigint', is.integer(), int(64), ['-9223372036854775808', '-9223372036854775808']),
  ...range(
    'decimal(38,38)',
    is.decimal({ scale: 38 }),
    decimalOf(38),
    [precise(`-${nines(38)}`), `-0.${nines(38)}`],
    [precise('1'), `0.${zeros(37)}1`],
  ),
  ...range('decimal(38,0)', is.decimal({ scale: 0 }), decimalOf(0), [precise(nines(38)), nines(38)]),
  ...range(
    'money',
    is.decimal({ scale: 4 }),
    decimalOf(4),
    [precise('-9223372036854775808'), '-922337203685477.5808'],
    [precise('9223372036854775807'), '922337203685477.5807'],
  ),
  ...range('smallmoney', is.decimal({ scale: 4 }), decimalOf(4), [precise('-2147483648'), '-214748.3648']),
  ...range('float', is.float(), { type: 'double' }, [
    '-1.7976931348623157E308',
    `-17976931348623157${zeros(292)}`,
  ]),
  ...range('real', is.float(), { type: 'float' }, ['1.17549435E-38', `0.${zeros(37)}117549435`]),
  ...range(
    'date',
    is.date(),
    named('int32', 'time.Date'),
    ['-719162', '0001-01-01'],
    ['2932896', '9999-12-31'],
  ),
  ...range(
    'datetime',
    is.timestamp('millis'),
    named('int64', 'time.Timestamp'),
    ['-6847804800000', '1753-01-01T00:00:00.000Z'],
    ['253402300799997', '9999-12-31T23:59:59.997Z'],
  ),
  ...range('smalldatetime', is.timestamp('millis'), named('int64', 'time.Timestamp'), [
    '3453321540000',
    '2079-06-06T23:59:00.000Z',
  ]),
  ...range(
    'datetime2(6)',
    is.timestamp('micros'),
    named('int64', 'time.MicroTimestamp'),
    ['-62135596800000000', '0001-01-01T00:00:00.000Z'],
    ['253402300799999999', '9999-12-31T23:59:59.999999Z'],
  ),
  // What 64 bits of nanoseconds hold; the connector's other modes hold all of datetime2(7).
  ...range(
    'datetime2(7)',
    is.timestamp('nanos'),
    named('int64', 'time.NanoTimestamp'),
    ['-9223372036854775800', '1677-09-21T00:12:43.145224200Z'],
    ['9223372036854775800', '2262-04-11T23:47:16.854775800Z'],
  ),
  ...range(
    'datetime2(7), isostring',
    is.timestamp('nanos'),
    named('string', 'time.IsoTimestamp'),
    ['"0001-01-01T00:00:00Z"', '0001-01-01T00:00:00.000Z'],
    ['"9999-12-31T23:59:59.9999999Z"', '9999-12-31T23:59:59.999999900Z'],
  ),
  ...range(
    'datetimeoffset',
    is.timestamp('nanos'),
    named('string', 'time.ZonedTimestamp'),
    ['"0001-01-01T00:00:00+14:00"', '0000-12-31T10:00:00.000Z'],
    ['"9999-12-31T23:59:59.9999999-14:00"', '+010000-01-01T13:59:59.999999900Z'],
  ),
  ...range(
    'time(7)',
    is.time('nanos'),
    named('int64', 'time.NanoTime'),
    ['0', '00:00:00'],
    ['86399999999900', '23:59:59.999999900'],
  ),
  ...range('uniqueidentifier', is.uuid(), string, [
    '"{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}"',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ]),
  ...range('nvarchar(max)', is.text(), string, ['""', '']),
  ...range('xml', is.text(), named('string', 'data.Xml'), ['"<a/>"', '<a/>']),
  ...range('rowversion', is.bytes(), bytes, ['"//////////8="', '//////////8=']),
];
