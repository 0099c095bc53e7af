import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { nines, type RangeCase, range, zeros } from './range-case.ts';

// Types: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Reference.DataTypes.html; of numbers, digits as the source has them.

const none = {};

export const dms: readonly RangeCase[] = [
  ...range('BOOLEAN', is.boolean(), none, ['false', false], ['1', true]),
  ...range('INT1', is.integer(), none, ['-128', -128], ['127', 127]),
  ...range(
    'INT8',
    is.integer(),
    none,
    ['-9223372036854775808', '-9223372036854775808'],
    ['9223372036854775807', '9223372036854775807'],
  ),
  ...range('UINT8', is.integer(), none, ['0', 0], ['18446744073709551615', '18446744073709551615']),
  ...range('UINT8, unsigned', is.integer({ unsigned: true }), none, [
    '18446744073709551615',
    '18446744073709551615',
  ]),
  ...range(
    'NUMERIC',
    is.decimal({ scale: 38 }),
    none,
    [`-0.${nines(38)}`, `-0.${nines(38)}`],
    ['1.0E-38', `0.${zeros(37)}1`],
  ),
  ...range('NUMERIC(38)', is.decimal({ scale: 0 }), none, [`-${nines(38)}`, `-${nines(38)}`]),
  ...range('REAL4', is.float(), none, ['3.4028235E+38', `34028235${zeros(31)}`]),
  ...range('REAL8', is.float(), none, ['-1.7976931348623157e308', `-17976931348623157${zeros(292)}`]),
  ...range(
    'DATE',
    is.date(),
    none,
    ['"0001-01-01"', '0001-01-01'],
    ['"9999-12-31"', '9999-12-31'],
    ['"0044-03-15 BC"', '-000043-03-15'],
  ),
  ...range('TIME', is.time('micros'), none, ['"00:00:00"', '00:00:00'], ['"-838:59:59"', '-838:59:59']),
  ...range(
    'DATETIME',
    is.timestamp('micros'),
    none,
    ['"0001-01-01T00:00:00Z"', '0001-01-01T00:00:00.000Z'],
    ['"9999-12-31T23:59:59.999999Z"', '9999-12-31T23:59:59.999999Z'],
    ['"4713-01-01 00:00:00 BC"', '-004712-01-01T00:00:00.000Z'],
    ['"294276-12-31 23:59:59.999999"', '+294276-12-31T23:59:59.999999Z'],
  ),
  ...range('WSTRING', is.text(), none, ['""', '']),
  ...range('BYTES', is.bytes(), none, ['""', ''], ['"/w=="', '/w==']),
  ...range('BLOB', is.uuid(), none, ['"/////////////////////w=="', 'ffffffff-ffff-ffff-ffff-ffffffffffff']),
  ...range('NCLOB', is.json(), none, [`"{\\"n\\":${nines(40)}}"`, { n: nines(40) }]),
];
