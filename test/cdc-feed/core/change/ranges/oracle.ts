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
  variable,
  variableScale,
  zeros,
} from './range-case.ts';

// Ranges: "Data Types" of the Oracle Database SQL Language Reference; encodings: "Data type mappings" of the connector.

const numbers: RangeCase[] = [
  ...range('NUMBER(1)', is.boolean(), int(8), ['0', false], ['1', true]),
  ...range('NUMBER(2)', is.integer(), int(8), ['-99', -99], ['99', 99]),
  ...range('NUMBER(18)', is.integer(), int(64), [`-${nines(18)}`, `-${nines(18)}`], [nines(18), nines(18)]),
  ...range('NUMBER(38)', is.decimal({ scale: 0 }), decimalOf(0), [precise(`-${nines(38)}`), `-${nines(38)}`]),
  ...range('NUMBER(1,127)', is.decimal({ scale: 127 }), decimalOf(127), [precise('9'), `0.${zeros(126)}9`]),
  ...range(
    'NUMBER',
    is.decimal(),
    variableScale,
    [variable('1', 130), `0.${zeros(129)}1`],
    [variable(nines(38), -88), `${nines(38)}${zeros(88)}`],
    [variable(`-${nines(38)}`, -88), `-${nines(38)}${zeros(88)}`],
  ),
  ...range('FLOAT(126)', is.decimal(), variableScale, [variable('-15', 1), '-1.5']),
  ...range('BINARY_FLOAT', is.float(), { type: 'float' }, ['1.4E-45', `0.${zeros(44)}14`], ['"NaN"', 'NaN']),
  ...range('BINARY_DOUBLE', is.float(), { type: 'double' }, [
    '1.7976931348623157E308',
    `17976931348623157${zeros(292)}`,
  ]),
];

const times: RangeCase[] = [
  ...range(
    'DATE',
    is.timestamp('millis'),
    named('int64', 'time.Timestamp'),
    ['-210831897600000', '-004711-01-01T00:00:00.000Z'],
    ['253402300799000', '9999-12-31T23:59:59.000Z'],
  ),
  ...range('TIMESTAMP(6)', is.timestamp('micros'), named('int64', 'time.MicroTimestamp'), [
    '253402300799999999',
    '9999-12-31T23:59:59.999999Z',
  ]),
  ...range('TIMESTAMP(9)', is.timestamp('nanos'), named('int64', 'time.NanoTimestamp'), [
    '9223372036854775806',
    '2262-04-11T23:47:16.854775806Z',
  ]),
  ...range('TIMESTAMP(9), structured', is.timestamp('nanos'), named('struct', 'time.StructuredTimestamp'), [
    '{"year":9999,"month":12,"day":31,"hour":23,"minute":59,"second":59,"picoseconds":999999999000}',
    '9999-12-31T23:59:59.999999999Z',
  ]),
  ...range(
    'TIMESTAMP WITH TIME ZONE',
    is.timestamp('nanos'),
    named('string', 'time.ZonedTimestamp'),
    ['"-4711-01-01T00:00:00+14:00"', '-004712-12-31T10:00:00.000Z'],
    ['"9999-12-31T23:59:59.999999999-12:00"', '+010000-01-01T11:59:59.999999999Z'],
  ),
  ...range('INTERVAL DAY TO SECOND', is.interval(), named('int64', 'time.MicroDuration'), [
    '-86399999999999999',
    'PT-86399999999.999999S',
  ]),
  ...range('INTERVAL YEAR TO MONTH', is.interval(), named('string', 'time.Interval'), [
    '"P-999999999Y-11M0DT0H0M0S"',
    'P-999999999Y-11M0DT0H0M0S',
  ]),
];

const others: RangeCase[] = [
  ...range('RAW(16)', is.uuid(), bytes, [
    '"AAAAAAAAAAAAAAAAAAAAAA=="',
    '00000000-0000-0000-0000-000000000000',
  ]),
  ...range('BLOB', is.bytes(), bytes, ['""', '']),
  ...range('CLOB', is.text(), string, ['"ß"', 'ß']),
  ...range('XMLTYPE', is.text(), named('string', 'data.Xml'), ['"<a/>"', '<a/>']),
];

export const oracle: readonly RangeCase[] = [...numbers, ...times, ...others];
