import { compileEventPattern } from '#local/event-pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: {
    key: 'acme/in/Orders_20260101.csv',
    size: 42,
    ratio: -0.5,
    ok: true,
    none: null,
    ip: '10.1.2.3',
    ip6: '2001:db8::1',
    tags: ['red', 'green'],
    empty: [],
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 5 },
    ],
    nested: { deep: { value: 'x*y\\z' } },
  },
};

const fits = (detail: object): boolean => compileEventPattern({ detail })(event);

describe('matches', () => {
  test.each<[string, object]>([
    ['an exact text', { key: ['acme/in/Orders_20260101.csv'] }],
    ['one of several', { size: [1, 42] }],
    ['a boolean', { ok: [true] }],
    ['null', { none: [null] }],
    ['a nested field', { nested: { deep: { value: ['x*y\\z'] } } }],
    ['every field asked', { size: [42], ok: [true] }],
    ['an element of an array', { tags: ['green'] }],
    ['an object in an array', { lines: { sku: ['B'], quantity: [5] } }],
    ['prefix', { key: [{ prefix: 'acme/' }] }],
    ['the empty prefix', { key: [{ prefix: '' }] }],
    ['prefix in any case', { key: [{ prefix: { 'equals-ignore-case': 'ACME/' } }] }],
    ['suffix', { key: [{ suffix: '.csv' }] }],
    ['suffix in any case', { key: [{ suffix: { 'equals-ignore-case': '.CSV' } }] }],
    ['equals-ignore-case', { key: [{ 'equals-ignore-case': 'ACME/IN/orders_20260101.CSV' }] }],
    ['wildcard', { key: [{ wildcard: 'acme/*/Orders_*.csv' }] }],
    ['an escaped asterisk', { nested: { deep: { value: [{ wildcard: 'x\\*y\\\\z' }] } } }],
    ['a wildcard for nothing', { key: [{ wildcard: 'acme/in/Orders_20260101.csv*' }] }],
    ['anything-but a text', { key: [{ 'anything-but': 'other' }] }],
    ['anything-but a number', { size: [{ 'anything-but': 41 }] }],
    ['anything-but a list', { key: [{ 'anything-but': ['a', 'b'] }] }],
    ['anything-but prefix', { key: [{ 'anything-but': { prefix: 'globex/' } }] }],
    ['anything-but prefixes', { key: [{ 'anything-but': { prefix: ['globex/', 'nordwind/'] } }] }],
    ['anything-but suffix', { key: [{ 'anything-but': { suffix: '.part' } }] }],
    ['anything-but in any case', { key: [{ 'anything-but': { 'equals-ignore-case': ['X', 'Y'] } }] }],
    ['anything-but wildcard', { key: [{ 'anything-but': { wildcard: '*/ack/*' } }] }],
    ['anything-but, by another element', { tags: [{ 'anything-but': 'red' }] }],
    ['exists', { key: [{ exists: true }] }],
    ['exists, null', { none: [{ exists: true }] }],
    ['what does not exist', { missing: [{ exists: false }] }],
    ['what does not exist below what does not exist', { missing: { below: [{ exists: false }] } }],
    ['an object, which is no leaf', { nested: [{ exists: false }] }],
    ['an empty array, which has no leaf', { empty: [{ exists: false }] }],
    ['numeric =', { size: [{ numeric: ['=', 42] }] }],
    ['numeric range', { size: [{ numeric: ['>', 0, '<=', 42] }] }],
    ['a negative number', { ratio: [{ numeric: ['<', 0] }] }],
    ['cidr', { ip: [{ cidr: '10.1.0.0/16' }] }],
    ['cidr of IPv6', { ip6: [{ cidr: '2001:db8::/32' }] }],
    ['$or, first', { $or: [{ size: [42] }, { size: [1] }] }],
    ['$or, second, with a field beside', { ok: [true], $or: [{ size: [1] }, { tags: ['red'] }] }],
    ['$or in $or', { $or: [{ size: [1] }, { $or: [{ size: [2] }, { size: [42] }] }] }],
  ])('%s', (_, detail) => expect(fits(detail)).toBe(true));
});

describe('does not match', () => {
  test.each<[string, object]>([
    ['another text', { key: ['acme'] }],
    ['a number as text', { size: ['42'] }],
    ['one field of two', { size: [42], ok: [false] }],
    ['a missing field', { missing: ['x'] }],
    ['fields of different elements', { lines: { sku: ['A'], quantity: [5] } }],
    ['prefix', { key: [{ prefix: 'globex/' }] }],
    ['prefix of a number', { size: [{ prefix: '4' }] }],
    ['suffix', { key: [{ suffix: '.CSV' }] }],
    ['wildcard', { key: [{ wildcard: 'globex/*' }] }],
    ['a dot is no wildcard', { key: [{ wildcard: 'acme.in*' }] }],
    ['anything-but the text', { size: [{ 'anything-but': [42, 43] }] }],
    ['anything-but, missing', { missing: [{ 'anything-but': 'x' }] }],
    ['anything-but prefix', { key: [{ 'anything-but': { prefix: ['globex/', 'acme/'] } }] }],
    ['anything-but suffix', { key: [{ 'anything-but': { suffix: '.csv' } }] }],
    [
      'anything-but in any case',
      { key: [{ 'anything-but': { 'equals-ignore-case': event.detail.key.toUpperCase() } }] },
    ],
    ['anything-but wildcard', { key: [{ 'anything-but': { wildcard: '*/in/*' } }] }],
    ['exists', { missing: [{ exists: true }] }],
    ['exists, of an object', { nested: [{ exists: true }] }],
    ['exists false', { key: [{ exists: false }] }],
    ['numeric', { size: [{ numeric: ['>', 42] }] }],
    ['numeric of a text', { key: [{ numeric: ['>', 0] }] }],
    ['cidr', { ip: [{ cidr: '10.2.0.0/16' }] }],
    ['cidr of another family', { ip6: [{ cidr: '10.0.0.0/8' }] }],
    ['cidr of no address', { key: [{ cidr: '10.0.0.0/8' }] }],
    ['$or', { $or: [{ size: [1] }, { size: [2] }] }],
    ['$or with another field beside', { ok: [false], $or: [{ size: [42] }, { size: [1] }] }],
    ['a property that every object inherits', { toString: [{ exists: true }] }],
  ])('%s', (_, detail) => expect(fits(detail)).toBe(false));
});

describe('refuses', () => {
  test.each<[string, unknown, string]>([
    ['an empty pattern', {}, 'empty'],
    ['a bare value', { source: 'aws.s3' }, 'source must be an object or an array'],
    ['an empty array', { source: [] }, 'empty array'],
    ['an unknown comparison', { source: [{ startsWith: 'a' }] }, 'unknown comparison startsWith'],
    ['two comparisons in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'exactly one key'],
    ['a prefix that is no text', { source: [{ prefix: 1 }] }, 'must be a string'],
    ['half a comparison', { size: [{ numeric: ['>'] }] }, 'one or two comparisons'],
    ['an unknown sign', { size: [{ numeric: ['!=', 1] }] }, 'no comparison'],
    ['a range without bits', { ip: [{ cidr: '10.0.0.0' }] }, 'no address range'],
    ['two asterisks in a row', { source: [{ wildcard: 'a**b' }] }, 'consecutive'],
    ['one alternative', { $or: [{ source: ['a'] }] }, 'at least two'],
    ['anything-but nothing', { source: [{ 'anything-but': [] }] }, 'strings or numbers'],
    ['anything-but exists', { source: [{ 'anything-but': { exists: true } }] }, 'unknown comparison exists'],
    ['exists with a text', { source: [{ exists: 'yes' }] }, 'true or false'],
  ])('%s', (_, pattern, message) => expect(() => compileEventPattern(pattern)).toThrow(message));
});
