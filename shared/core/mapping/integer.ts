import { type Field, Refusal } from '../../contract/field.ts';
import { maybe } from '../../contract/shape.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { checkReaderOptions, wholeNumber } from './reader-options.ts';

export interface IntegerOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

const digits = /^[+-]?\d+$/;

/** A whole number in plain digits that a double holds exactly. */
export function integer(options: IntegerOptions = {}): Field<number> {
  checkReaderOptions('integer', options, { min: maybe(wholeNumber), max: maybe(wholeNumber) });
  const { min, max, aliases } = options;
  const least = min ?? Number.MIN_SAFE_INTEGER;
  const most = max ?? Number.MAX_SAFE_INTEGER;
  const form = `a whole number${rangeInWords(min, max)}, e.g. ${Math.max(least, Math.min(most, 12))}`;
  const notANumber = new Refusal('NOT_A_NUMBER', `agreed form: ${form}`);
  const outOfRange = new Refusal('OUT_OF_RANGE', `agreed form: ${form}`);
  const read = (raw: string) => {
    if (!digits.test(raw)) return notANumber;
    const value = Number(raw);
    if (value < least || value > most) return outOfRange;
    return value === 0 ? 0 : value;
  };
  return defineField({ form, read, type: 'integer', min, aliases });
}

/** ` from 1 to 9`, or as much of it as is declared. */
export const rangeInWords = (min?: number | string, max?: number | string): string =>
  (min === undefined ? '' : ` from ${min}`) + (max === undefined ? '' : ` to ${max}`);
