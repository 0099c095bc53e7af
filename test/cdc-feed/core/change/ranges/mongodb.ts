import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { nines, type RangeCase, range, zeros } from './range-case.ts';

// Ranges: https://www.mongodb.com/docs/manual/reference/bson-types/; values in extended JSON, canonical and relaxed.

const none = {};

export const mongodb: readonly RangeCase[] = [
  ...range('bool', is.boolean(), none, ['false', false], ['true', true]),
  ...range(
    'int',
    is.integer(),
    none,
    ['-2147483648', -2_147_483_648],
    ['{"$numberInt":"2147483647"}', 2_147_483_647],
  ),
  ...range(
    'long',
    is.integer(),
    none,
    ['{"$numberLong":"-9223372036854775808"}', '-9223372036854775808'],
    ['9223372036854775807', '9223372036854775807'],
  ),
  ...range(
    'double',
    is.float(),
    none,
    ['{"$numberDouble":"4.9E-324"}', `0.${zeros(323)}49`],
    ['1.7976931348623157e+308', `17976931348623157${zeros(292)}`],
    ['{"$numberDouble":"-Infinity"}', '-Infinity'],
    ['{"$numberDouble":"NaN"}', 'NaN'],
  ),
  ...range(
    'decimal',
    is.decimal(),
    none,
    [`{"$numberDecimal":"9.${nines(33)}E+6144"}`, `${nines(34)}${zeros(6_111)}`],
    [`{"$numberDecimal":"-9.${nines(33)}E+6144"}`, `-${nines(34)}${zeros(6_111)}`],
    ['{"$numberDecimal":"1E-6176"}', `0.${zeros(6_175)}1`],
    ['{"$numberDecimal":"0E-6176"}', `0.${zeros(6_176)}`],
    ['{"$numberDecimal":"NaN"}', 'NaN'],
    ['{"$numberDecimal":"-Infinity"}', '-Infinity'],
  ),
  ...range(
    'date',
    is.timestamp('millis'),
    none,
    ['{"$date":{"$numberLong":"-9223372036854775808"}}', '-292275055-05-16T16:47:04.192Z'],
    ['{"$date":{"$numberLong":"9223372036854775807"}}', '+292278994-08-17T07:12:55.807Z'],
    ['{"$date":"9999-12-31T23:59:59.999Z"}', '9999-12-31T23:59:59.999Z'],
    ['{"$date":-62135596800000}', '0001-01-01T00:00:00.000Z'],
  ),
  ...range('string', is.text(), none, ['""', ''], ['"\\u0000"', '\u0000']),
  ...range('objectId', is.text(), none, ['{"$oid":"ffffffffffffffffffffffff"}', 'f'.repeat(24)]),
  ...range(
    'binData',
    is.bytes(),
    none,
    ['{"$binary":"","$type":"00"}', ''],
    ['{"$binary":{"base64":"/w==","subType":"80"}}', '/w=='],
  ),
  ...range('binData, subtype 4', is.uuid(), none, [
    '{"$binary":{"base64":"/////////////////////w==","subType":"04"}}',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ]),
  ...range(
    'array',
    is.array(is.decimal()),
    none,
    ['[]', []],
    ['[{"$numberDecimal":"1E-6176"},null]', [`0.${zeros(6_175)}1`, null]],
  ),
  ...range(
    'object',
    is.json(),
    none,
    ['{}', {}],
    ['{"d":{"$numberDecimal":"1E+6144"}}', { d: '1E+6144' }],
    [
      '{"t":{"$timestamp":{"t":4294967295,"i":4294967295}}}',
      { t: { $timestamp: { i: 4_294_967_295, t: 4_294_967_295 } } },
    ],
    ['{"k":{"$minKey":1},"x":{"$maxKey":1}}', { k: { $minKey: 1 }, x: { $maxKey: 1 } }],
  ),
];
