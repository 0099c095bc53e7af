import { ContractError } from '#shared/contract/options.ts';
import * as kit from '#shared/core/mapping/author-kit.ts';

const { date, decimal, defineField, document, email, flag, integer, oneOf, optional, text, zonedTime } =
  kit as unknown as Record<string, (...given: unknown[]) => unknown>;

const zone = { format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin', ambiguous: 'later' };

test.each<[string, () => unknown, string]>([
  ['a text without a bound', () => text!(), 'text(): max is missing; it must be a whole number from 1'],
  ['a misspelt option', () => text!({ maks: 4 }), 'text(): unknown option "maks"; did you mean "max"?'],
  [
    'a pattern in a text',
    () => text!({ max: 4, pattern: 'a+' }),
    'text(): pattern must be a regular expression',
  ],
  [
    'an unknown class of data',
    () => text!({ max: 4, pii: 'mail' }),
    "text(): pii must be one of 'name', 'email'",
  ],
  ['one alias', () => email!({ aliases: 'Mail' }), 'email(): aliases must be a list'],
  ['a bound that is a double', () => decimal!({ min: 0 }), 'decimal(): min must be a decimal in a text'],
  [
    'a decimal mark of words',
    () => decimal!({ decimalMark: 'comma' }),
    'decimal(): decimalMark must be one of',
  ],
  [
    'a misspelt scale',
    () => decimal!({ scal: 2 }),
    'decimal(): unknown option "scal"; did you mean "scale"?',
  ],
  ['half a number', () => integer!({ min: 0.5 }), 'integer(): min must be a whole number'],
  ['a format that is none', () => date!({ format: 7 }), 'date(): format must be a text'],
  ['no zone', () => zonedTime!({ ...zone, zone: undefined }), 'zonedTime(): zone is missing'],
  ['an unknown choice', () => zonedTime!({ ...zone, ambiguous: 'late' }), "did you mean 'later'?"],
  ['codes of numbers', () => oneOf!({ a: 1 }), 'oneOf(): codes.a must be a text'],
  ['no codes', () => oneOf!(undefined), 'oneOf(): codes must be an object'],
  ['codes that are empty', () => oneOf!({}), 'oneOf(): codes must name at least one code'],
  ['half a flag', () => flag!({ yes: 'J' }), 'flag(): no is missing'],
  ['a field without a form', () => defineField!({ read: () => 1 }), 'defineField(): form is missing'],
  ['a field that reads nothing', () => defineField!({ form: 'x' }), 'defineField(): read is missing'],
  ['a document of no form', () => document!({ read: () => 1 }), 'document(): form is missing'],
  ['a reader that was not called', () => optional!(text), 'optional(): the field must be a reader'],
])('refuses %s where the contract is defined', (_, make, message) => {
  expect(make).toThrow(ContractError);
  expect(make).toThrow(message);
});
