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
  text,
  zeros,
} from './range-case.ts';

// Ranges: https://dev.mysql.com/doc/refman/8.4/en/data-types.html; encodings: "Data type mappings" of the connector.

const numbers: RangeCase[] = [
  ...range('TINYINT', is.integer(), int(16), ['-128', -128], ['127', 127]),
  ...range('TINYINT UNSIGNED', is.integer(), int(16), ['0', 0], ['255', 255]),
  ...range('TINYINT(1)', is.boolean(), int(16), ['0', false], ['1', true]),
  ...range('SMALLINT UNSIGNED', is.integer(), int(32), ['0', 0], ['65535', 65_535]),
  ...range('MEDIUMINT', is.integer(), int(32), ['-8388608', -8_388_608], ['16777215', 16_777_215]),
  ...range('INT UNSIGNED', is.integer(), int(64), ['0', 0], ['4294967295', 4_294_967_295]),
  ...range(
    'BIGINT',
    is.integer(),
    int(64),
    ['-9223372036854775808', '-9223372036854775808'],
    ['9223372036854775807', '9223372036854775807'],
  ),
  ...range(
    'BIGINT UNSIGNED, long',
    is.integer({ unsigned: true }),
    int(64),
    ['0', 0],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '9223372036854775808'],
    ['-1', '18446744073709551615'],
  ),
  ...range(
    'BIGINT UNSIGNED, precise',
    is.decimal({ scale: 0 }),
    decimalOf(0),
    [precise('0'), '0'],
    [precise('18446744073709551615'), '18446744073709551615'],
  ),
  ...range(
    'DECIMAL(65,30)',
    is.decimal({ scale: 30 }),
    decimalOf(30),
    [precise(`-${nines(65)}`), `-${nines(35)}.${nines(30)}`],
    [precise('1'), `0.${zeros(29)}1`],
  ),
  ...range('DECIMAL(65,0)', is.decimal({ scale: 0 }), decimalOf(0), [precise(nines(65)), nines(65)]),
  ...range('FLOAT', is.float(), { type: 'float' }, ['-3.4028235E38', `-34028235${zeros(31)}`]),
  ...range(
    'DOUBLE',
    is.float(),
    { type: 'double' },
    ['2.2250738585072014E-308', `0.${zeros(307)}22250738585072014`],
    ['-1.7976931348623157E308', `-17976931348623157${zeros(292)}`],
  ),
  ...range('BIT(1)', is.boolean(), { type: 'boolean' }, ['true', true]),
  ...range('BIT(64)', is.bits(64), named('bytes', 'data.Bits', { length: '64' }), [
    '"AQAAAAAAAIA="',
    `1${zeros(62)}1`,
  ]),
];

const times: RangeCase[] = [
  ...range(
    'DATE',
    is.date(),
    named('int32', 'time.Date'),
    ['-354285', '1000-01-01'],
    ['2932896', '9999-12-31'],
    ['-719528', '0000-01-01'],
  ),
  ...range(
    'DATE, zero date that may not be null',
    is.date('days', { epochIsNull: true }),
    named('int32', 'time.Date'),
    ['0', null],
  ),
  ...range(
    'DATE, structured',
    is.date(),
    named('struct', 'time.StructuredDate'),
    ['{"year":0,"month":0,"day":0}', null],
    ['{"year":9999,"month":12,"day":31}', '9999-12-31'],
  ),
  ...range(
    'DATETIME(0-3)',
    is.timestamp('millis'),
    named('int64', 'time.Timestamp'),
    ['-30610224000000', '1000-01-01T00:00:00.000Z'],
    ['253402300799999', '9999-12-31T23:59:59.999Z'],
  ),
  ...range(
    'DATETIME(6)',
    is.timestamp('micros'),
    named('int64', 'time.MicroTimestamp'),
    ['-30610224000000000', '1000-01-01T00:00:00.000Z'],
    ['253402300799999999', '9999-12-31T23:59:59.999999Z'],
  ),
  ...range(
    'DATETIME, structured',
    is.timestamp('micros'),
    named('struct', 'time.StructuredTimestampPrecision6SourceColumn7570'),
    [
      '{"year":9999,"month":12,"day":31,"hour":23,"minute":59,"second":59,"picoseconds":999999000000}',
      '9999-12-31T23:59:59.999999Z',
    ],
    ['{"year":0,"month":0,"day":0,"hour":0,"minute":0,"second":0,"picoseconds":0}', null],
  ),
  ...range(
    'TIMESTAMP',
    is.timestamp('micros'),
    named('string', 'time.ZonedTimestamp'),
    ['"1970-01-01T00:00:01Z"', '1970-01-01T00:00:01.000Z'],
    ['"2038-01-19T03:14:07.999999Z"', '2038-01-19T03:14:07.999999Z'],
    ['"0000-00-00T00:00:00Z"', null],
  ),
  ...range(
    'TIME',
    is.time('micros'),
    named('int64', 'time.MicroTime'),
    ['-3020399000000', '-838:59:59'],
    ['3020399000000', '838:59:59'],
    ['-1', '-00:00:00.000001'],
  ),
  ...range(
    'TIME, structured',
    is.time('micros'),
    named('struct', 'time.StructuredDurationPrecision6'),
    [
      '{"years":0,"months":0,"days":0,"hours":-838,"minutes":-59,"seconds":-58,"picoseconds":-999999000000}',
      '-838:59:58.999999',
    ],
    ['{"years":0,"months":0,"days":0,"hours":838,"minutes":59,"seconds":59,"picoseconds":0}', '838:59:59'],
  ),
  ...range('YEAR', is.integer(), named('int32', 'time.Year'), ['1901', 1901], ['2155', 2155], ['0', 0]),
];

const others: RangeCase[] = [
  ...range('VARCHAR', is.text(), string, ['""', ''], [text('\u0000\u{1f600}'), '\u0000\u{1f600}']),
  ...range('VARBINARY', is.bytes(), bytes, ['""', ''], ['"AA=="', 'AA==']),
  ...range('BINARY(16)', is.uuid(), bytes, [
    '"/////////////////////w=="',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ]),
  ...range('JSON', is.json(), named('string', 'data.Json'), [
    '"[18446744073709551615,-9223372036854775808]"',
    ['18446744073709551615', '-9223372036854775808'],
  ]),
  ...range('ENUM', is.text(), named('string', 'data.Enum', { allowed: 'x' }), ['""', '']),
  ...range(
    'SET',
    is.text(),
    named('string', 'data.EnumSet', { allowed: 'a,b' }),
    ['""', ''],
    ['"a,b"', 'a,b'],
  ),
  ...range(
    'VECTOR',
    is.array(is.float()),
    { ...named('array', 'data.FloatVector'), items: { type: 'float' } },
    ['[1.4E-45]', [`0.${zeros(44)}14`]],
  ),
  ...range(
    'POINT',
    is.json(),
    {
      ...named('struct', 'data.geometry.Point'),
      fields: [
        { field: 'wkb', type: 'bytes' },
        { field: 'srid', type: 'int32' },
      ],
    },
    ['{"wkb":"AQ==","srid":null}', { wkb: 'AQ==', srid: null }],
  ),
];

export const mysql: readonly RangeCase[] = [...numbers, ...times, ...others];
