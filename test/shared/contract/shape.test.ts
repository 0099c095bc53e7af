import { ContractError } from '#shared/contract/options.ts';
import {
  callback,
  checkParts,
  checkShape,
  choice,
  listOf,
  mapOf,
  maybe,
  number,
  object,
  type Shape,
  string,
  whole,
  words,
} from '#shared/contract/shape.ts';

const shape: Shape = {
  name: words,
  days: maybe(whole(1, 10)),
  color: maybe(choice('red', 'green')),
  parts: maybe(listOf(object({ at: number }))),
  totals: maybe(mapOf(whole(1, 9))),
  map: maybe(callback),
  note: maybe(string),
};

const refusal = (given: unknown): string => {
  try {
    checkShape({ where: 'thing x' }, given, shape);
  } catch (error) {
    if (error instanceof ContractError) return error.message;
    throw error;
  }
  return 'accepted';
};

test.each([
  [{ name: 'a' }, 'accepted'],
  [
    { name: 'a', days: 10, color: 'red', parts: [{ at: 0 }], totals: { b: 1 }, map: () => 0, note: '' },
    'accepted',
  ],
  [undefined, 'thing x: the contract must be an object'],
  [[], 'thing x: the contract must be an object'],
  [{}, 'thing x: name is missing; it must be a text'],
  [{ name: null }, 'thing x: name must be a text'],
  [{ name: ' ' }, 'thing x: name must say something'],
  [{ name: 'a', dayz: 1 }, 'thing x: unknown option "dayz"; did you mean "days"?'],
  [{ name: 'a', days: 1.5 }, 'thing x: days must be a whole number from 1 to 10'],
  [{ name: 'a', days: '1' }, 'thing x: days must be a whole number from 1 to 10'],
  [{ name: 'a', color: 'gren' }, "thing x: color must be one of 'red', 'green'; did you mean 'green'?"],
  [{ name: 'a', color: 7 }, "thing x: color must be one of 'red', 'green'"],
  [{ name: 'a', parts: {} }, 'thing x: parts must be a list'],
  [
    { name: 'a', parts: [{ at: 1 }, { to: 1 }] },
    'thing x: parts[1]: unknown option "to"; did you mean "at"?',
  ],
  [{ name: 'a', parts: [{}] }, 'thing x: parts[0].at is missing; it must be a number'],
  [{ name: 'a', totals: { b: 0 } }, 'thing x: totals.b must be a whole number from 1 to 9'],
  [{ name: 'a', map: {} }, 'thing x: map must be a function'],
])('%j: %s', (given, expected) => {
  expect(refusal(given)).toBe(expected);
});

test('looks at the parts it knows alone where others are checked elsewhere', () => {
  expect(() => checkParts({ where: 'thing x' }, { name: 'a', other: 1 }, shape)).not.toThrow();
});
