import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { nines, type RangeCase, range, zeros } from './range-case.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html

const none = {};
/** 38 digits, and the point after the first of 126. */
const largest = `9.${nines(37)}E125`;

export const dynamodb: readonly RangeCase[] = [
  ...range(
    'N',
    is.decimal(),
    none,
    [`{"N":"${largest}"}`, `${nines(38)}${zeros(88)}`],
    [`{"N":"-${nines(38)}${zeros(88)}"}`, `-${nines(38)}${zeros(88)}`],
    ['{"N":"1E-130"}', `0.${zeros(129)}1`],
    ['{"N":"-1E-130"}', `-0.${zeros(129)}1`],
    ['{"N":"0"}', '0'],
  ),
  ...range('N, an integer', is.integer(), none, [`{"N":"-${nines(38)}"}`, `-${nines(38)}`]),
  ...range('N, a float', is.float(), none, [`{"N":"${largest}"}`, `${nines(38)}${zeros(88)}`]),
  ...range('N, a time', is.timestamp('millis'), none, [
    '{"N":"8640000000000001"}',
    '+275760-09-13T00:00:00.001Z',
  ]),
  ...range('S', is.text(), none, ['{"S":""}', ''], ['{"S":"\\u0000"}', '\u0000']),
  ...range('S, a time', is.timestamp('micros'), none, [
    '{"S":"+012026-01-01T00:00:00.000001Z"}',
    '+012026-01-01T00:00:00.000001Z',
  ]),
  ...range('B', is.bytes(), none, ['{"B":""}', ''], ['{"B":"/w=="}', '/w==']),
  ...range('BOOL', is.boolean(), none, ['{"BOOL":false}', false], ['{"BOOL":true}', true]),
  ...range('NULL', is.text(), none, ['{"NULL":true}', null]),
  ...range('NS', is.array(is.decimal()), none, [
    `{"NS":["${largest}","-1E-130","0"]}`,
    [`-0.${zeros(129)}1`, '0', `${nines(38)}${zeros(88)}`],
  ]),
  ...range('SS', is.array(is.text()), none, ['{"SS":["b","a"]}', ['a', 'b']]),
  ...range('L', is.json(), none, ['{"L":[]}', []]),
  ...range(
    'M',
    is.json(),
    none,
    ['{"M":{}}', {}],
    [`{"M":{"n":{"N":"${largest}"}}}`, { n: `${nines(38)}${zeros(88)}` }],
    [`${'{"L":['.repeat(31)}{"N":"1"}${']}'.repeat(31)}`, JSON.parse(`${'['.repeat(31)}1${']'.repeat(31)}`)],
  ),
];
