import { limits } from '../../contract/limits.ts';
import { ContractError } from '../../contract/options.ts';
import { checkShape, listOf, maybe, type Part, type Shape, words } from '../../contract/shape.ts';

/** Holds a reader's options against what they must be. @throws ContractError naming the reader, e.g. `text()` */
export const checkReaderOptions = (reader: string, options: unknown, shape: Shape = {}): void =>
  checkShape({ where: `${reader}()` }, options ?? {}, { ...shape, aliases: maybe(listOf(words)) });

const part = (described: string, accepts: (value: unknown) => boolean): Part => ({
  isOptional: false,
  words: described,
  check: (where, path, value) => {
    if (!accepts(value)) throw new ContractError(`${where}: ${path} must be ${described}`);
  },
});

export const pattern = part('a regular expression', value => value instanceof RegExp);

/** A bound of `decimal()`: text, because a number in code is a double. */
export const decimalText = part(
  "a decimal in a text, e.g. '0.50'",
  value =>
    typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) && value.length <= limits.decimalCharactersMax,
);

export const wholeNumber = part('a whole number', value => Number.isSafeInteger(value));
