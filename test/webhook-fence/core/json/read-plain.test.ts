import fc from 'fast-check';
import { inspectJson } from '#adapters/webhook-fence/core/json/inspect-json.ts';
import { readPlain } from '#adapters/webhook-fence/core/json/read-plain.ts';

const depthMax = 4;

const numbers = fc
  .oneof(
    fc.double(),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.stringMatching(/^-?\d{1,12}\.\d{1,12}([eE][+-]?\d{1,3})?$/),
  )
  .map(String);
const strings = fc.oneof(
  fc.string({ unit: 'binary' }).map(text => JSON.stringify(text)),
  fc.constantFrom(
    '"\\u0000"',
    '"\\\\u0000"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '":{"',
    '"\\""',
    '"\\u0026"',
    '"__proto__"',
  ),
);
const names = fc.constantFrom(
  '"a"',
  '"\\u0061"',
  '"b"',
  '"1"',
  '"__proto__"',
  '"__pr\\u006fto__"',
  '":"',
  '"\\\\"',
);
const blanks = fc.constantFrom('', '', ' ', '\n  ');

const { document } = fc.letrec<{ document: string }>(tie => ({
  document: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(numbers, strings, fc.constantFrom('true', 'false', 'null', '1e400', '1E3', '-0', '01', '1.')),
    fc
      .array(fc.tuple(names, blanks, tie('document')), { maxLength: 4 })
      .map(members => `{${members.map(([name, blank, value]) => `${name}:${blank}${value}`).join()}}`),
    fc
      .tuple(blanks, fc.array(tie('document'), { maxLength: 4 }))
      .map(([blank, items]) => `[${blank}${items.join()}]`),
  ),
}));

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
  '"',
  '\\',
  ' ',
  'e',
  '.',
  '9007199254740993',
];
const rubble = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map(parts => parts.join(''));

describe('readPlain', () => {
  it('takes no text in which looking at every token finds a problem', () => {
    fc.assert(
      fc.property(fc.oneof(document, rubble), text => {
        const plain = readPlain(text, depthMax);
        if (plain === undefined) return;
        expect(inspectJson(text, depthMax)).toEqual({ found: undefined, inexact: [] });
        expect(plain.value).toEqual(JSON.parse(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['{"a":[1,-2.5,{"b":"c:\\"d\\""}]}', '{\n  "a": "\\u0026",\n  "b": 1.50\n}', '[1e3,"é"]', '""'])(
    'takes %s without another look',
    text => {
      expect(readPlain(text, depthMax)).toEqual({ value: JSON.parse(text) });
    },
  );
});
