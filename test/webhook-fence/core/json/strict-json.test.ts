import fc from 'fast-check';
import { parseStrictJson } from '#adapters/webhook-fence/core/json/strict-json.ts';

const parse = (text: string, bounds = {}) => parseStrictJson(Buffer.from(text), bounds);

/** Whether a number of JSON text lies where this parser keeps it: the property leaves the refused ones to the tables below. */
const isKept = (value: unknown): boolean => {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value === 'string') return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => name !== '__proto__' && isKept(name) && isKept(part));
};

const documents = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }).filter(isKept);

/** The same document with blanks and every character escaped that may be. */
const spelledOtherwise = (value: unknown): string =>
  JSON.stringify(value, null, ' \t\r\n'.slice(0, 2)).replace(
    /[\u007f-\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

describe('parseStrictJson', () => {
  it('agrees with JSON.parse on every document that loses nothing', () => {
    fc.assert(
      fc.property(documents, value => {
        for (const text of [JSON.stringify(value), spelledOtherwise(value)])
          expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 500 },
    );
  });

  it('reads a number of any length, as text where a double would change it', () => {
    const zeros = '0'.repeat(2_000_000);
    for (const number of [`0.1${zeros}1`, `1${zeros}`, `0.${zeros}1`])
      expect(parse(`[${number}]`)).toEqual({ ok: true, value: [number] });
    expect(parse(`[0.1${zeros}]`)).toEqual({ ok: true, value: [0.1] });
  });

  it('takes no text that JSON.parse refuses', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      'true',
      'nul',
      '"',
      '\\',
      ' ',
      '\n',
      '0',
      '.',
      'e',
    ];
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(texts, text => {
        const result = parse(text);
        if (result.ok) expect(result.value).toEqual(JSON.parse(text));
        else expect(result.byteOffset).toBeLessThanOrEqual(Buffer.byteLength(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('judges a text alike, whether or not it is written as JSON.stringify writes', () => {
    const numbers = fc.oneof(fc.double(), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n })).map(String);
    const strings = fc.string({ unit: 'binary' }).map(text => JSON.stringify(text));
    const leaves = fc.oneof(
      numbers,
      strings,
      fc.constantFrom('"__proto__"', 'true', 'null', '"\\u0000"', '1e+21'),
    );
    const objects = fc
      .array(fc.tuple(fc.constantFrom('"a"', '"b"', '"1"', '"0"', '"__proto__"'), leaves), { maxLength: 4 })
      .map(pairs => `{${pairs.map(pair => pair.join(':')).join(',')}}`);
    fc.assert(
      fc.property(fc.oneof(leaves, objects), text => {
        const [compact, spaced] = [parse(`[${text}]`), parse(`[ ${text}]`)];
        expect(compact.ok).toBe(spaced.ok);
        if (!compact.ok) expect(compact.problem).toBe(spaced.ok ? undefined : spaced.problem);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const { ok } = parseStrictJson(bytes);
        expect(typeof ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a name twice', '{"a":1,"b":[{"c":1,"c":2}]}', 'DUPLICATE_NAME', '/b/0/c', 19],
    ['a name twice, once escaped', '{"a":1,"\\u0061":2}', 'DUPLICATE_NAME', '/a', 7],
    ['an empty name twice', '{"":1,"":2}', 'DUPLICATE_NAME', '/', 6],
    ['__proto__', '{"x":{"__proto__":{"admin":true}}}', 'PROTO_NAME', '/x/__proto__', 6],
    ['__proto__, escaped', '{"__pr\\u006fto__":1}', 'PROTO_NAME', '/__proto__', 1],
    ['an escaped NUL', '{"é":"a\\u0000b"}', 'NUL', '/é', 6],
    ['an escaped NUL in a name', '{"a\\u0000b":1}', 'NUL', '/a\0b', 1],
    ['a raw NUL in a string', '["a\0b"]', 'NUL', '/0', 1],
    ['a raw NUL between values', '[1,\0]', 'NUL', '/1', 3],
    ['half a surrogate pair', '["\\ud83d"]', 'LONE_SURROGATE', '/0', 1],
    ['a second byte order mark', '\ufeff\ufeff{}', 'BYTE_ORDER_MARK', '', 3],
    ['a cut document after a byte order mark', '\ufeff[1', 'NOT_JSON', '/0', 5],
    ['nothing', '', 'NOT_JSON', '', 0],
    ['a cut document', '{"a":[1,2', 'NOT_JSON', '/a/1', 9],
    ['a trailing comma', '[1,]', 'NOT_JSON', '/1', 3],
    ['two documents', '{} {}', 'NOT_JSON', '', 3],
    ['single quotes', "{'a':1}", 'NOT_JSON', '/', 1],
    ['NaN', '{"a":NaN}', 'NOT_JSON', '/a', 5],
    ['a comment', '{"a":1}/*x*/', 'NOT_JSON', '', 7],
    ['a raw line break in a string', '["a\nb"]', 'NOT_JSON', '/0', 1],
  ])('refuses %s', (_, text, problem, path, byteOffset) => {
    expect(parse(text)).toEqual({ ok: false, problem, path, byteOffset });
  });

  it.each([
    ['constructor and prototype, which are names like others', '{"constructor":{"prototype":1}}'],
    ['__proto__ as a value', '["__proto__"]'],
    ['the same name in two objects', '[{"a":1},{"a":2},{"b":{"a":3}}]'],
    ['the same text as name and value', '{"a":"a","b":["a","a"]}'],
    ['2^53 - 1', '9007199254740991'],
    ['a double written with all its digits', '19.989999999999998'],
    ['decimals with zeros around', '[100.10,0.0,-0,1.50e2,0.000000]'],
    ['a number with an exponent', '[1e3,1E-3,1.5e+10]'],
    ['escapes and pairs of surrogates', '["\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"]'],
    ['blanks of every kind', ' \t\r\n[ 1 , { "a" : null } ]\n'],
    ['a lone value', '"text"'],
  ])('takes %s', (_, text) => {
    expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it.each([
    ['2^53', '[1,9007199254740992]', [1, '9007199254740992']],
    ['2^53 + 1', '{"id":9007199254740993}', { id: '9007199254740993' }],
    ['-2^53, alone', ' -9007199254740992 ', '-9007199254740992'],
    ['numbers beyond any double', '[1e400,-1E+400]', ['1e400', '-1E+400']],
    ['a number that would become zero', '[1e-400,2]', ['1e-400', 2]],
    ['a number of more digits than are kept', '[0.1234567890123456789]', ['0.1234567890123456789']],
    [
      'no text that looks like one',
      '["9007199254740993",9007199254740993]',
      ['9007199254740993', '9007199254740993'],
    ],
    ['two in a row, with escapes around', '["\\"",1e400,1e401,"é"]', ['"', '1e400', '1e401', 'é']],
  ])('keeps as text what a double would change: %s', (_, text, value) => {
    expect(parse(text)).toEqual({ ok: true, value });
  });

  it('keeps every digit of every number', () => {
    const wholes = fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n });
    fc.assert(
      fc.property(fc.array(wholes, { maxLength: 5 }), numbers => {
        const result = parse(`{"ids":[${numbers.join()}]}`);
        expect(result.ok && (result.value as { ids: unknown[] }).ids.map(String)).toEqual(
          numbers.map(String),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('refuses digits that no number of JSON has', () => {
    for (const text of [
      '[09007199254740993]',
      '[+9007199254740993]',
      '[9007199254740993.]',
      '[9007199254740993e]',
    ])
      expect(parse(text)).toMatchObject({ ok: false, problem: 'NOT_JSON' });
  });

  it.each([
    [[0x22, 0xff, 0x22], 1],
    [[0x22, 0xc3, 0xa9, 0xc3, 0x22], 4],
    [[0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d], 2],
    [[0x22, 0xc0, 0xaf, 0x22], 1],
  ])('refuses bytes that are not UTF-8: %p', (bytes, near) => {
    const result = parseStrictJson(Uint8Array.from(bytes));
    expect(result).toMatchObject({ ok: false, problem: 'INVALID_UTF8' });
    expect(Math.abs((result.ok ? 0 : result.byteOffset) - near)).toBeLessThanOrEqual(1);
  });

  it.each([['['], ['{"a":']])('refuses depth 10,000 and 1,000,000 of %p without harm', opening => {
    for (const depth of [10_000, 1_000_000 / opening.length])
      expect(parse(opening.repeat(depth))).toMatchObject({
        ok: false,
        problem: 'TOO_DEEP',
        byteOffset: 64 * opening.length,
      });
  });

  it('takes the depth allowed, and one more no longer', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parse(nested(64)).ok).toBe(true);
    expect(parse(nested(65)).ok).toBe(false);
    expect(parse(nested(4), { depthMax: 3 })).toMatchObject({ problem: 'TOO_DEEP', path: '/0/0/0/0' });
  });

  it('refuses what is too large before reading it', () => {
    expect(parse('"12345678"', { bytesMax: 9 })).toMatchObject({ problem: 'TOO_LARGE', byteOffset: 9 });
    expect(parse('"12345678"', { bytesMax: 10 }).ok).toBe(true);
  });

  it('takes a string of megabytes and an array of a hundred thousand', () => {
    expect(parse(JSON.stringify('x\\"'.repeat(500_000))).ok).toBe(true);
    expect(parse(JSON.stringify(Array.from({ length: 100_000 }, (_, i) => i))).ok).toBe(true);
  });

  it('cuts the path of a place that lies under long names', () => {
    const result = parse(`{"${'n'.repeat(1_000)}":1e}`);
    expect(result).toMatchObject({ problem: 'NOT_JSON', path: `/${'n'.repeat(255)}` });
  });

  it('gives objects whose prototype no body can reach', () => {
    const result = parse('{"constructor":{"prototype":{"polluted":true}}}');
    expect(result.ok && Object.hasOwn(result.value as object, 'constructor')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
