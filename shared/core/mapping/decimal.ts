import { type Field, Refusal } from '../../contract/field.ts';
import { limits } from '../../contract/limits.ts';
import { ContractError } from '../../contract/options.ts';
import { choice, maybe, type Shape, whole } from '../../contract/shape.ts';
import { compareDecimals } from './compare-decimals.ts';
import { defineField, type FieldOptions } from './define-field.ts';
import { rangeInWords } from './integer.ts';
import { checkReaderOptions, decimalText } from './reader-options.ts';

export interface DecimalOptions extends FieldOptions {
  /** Most digits after the mark. */
  readonly scale?: number;
  /** Inclusive bounds, as decimal text. */
  readonly min?: string;
  readonly max?: string;
  /** Default `.`. */
  readonly decimalMark?: ',' | '.';
  /** Between groups of three digits, if written at all; groups must then be right. Default none. */
  readonly groupMark?: ',' | '.' | ' ' | "'";
}

const shape: Shape = {
  scale: maybe(whole(0, limits.decimalCharactersMax)),
  min: maybe(decimalText),
  max: maybe(decimalText),
  decimalMark: maybe(choice(',', '.')),
  groupMark: maybe(choice(',', '.', ' ', "'")),
};

/**
 * A number as exact decimal text: `-?digits(.digits)?`, never through a float. The written scale is kept (`1.50`);
 * plus sign, leading zeros, group marks and the sign of zero are not. Exponents are refused.
 */
export function decimal(options: DecimalOptions = {}): Field<string> {
  checkReaderOptions('decimal', options, shape);
  const { scale = Number.POSITIVE_INFINITY, min, max, decimalMark = '.', groupMark, aliases } = options;
  if (groupMark === decimalMark) throw new ContractError('decimal: groupMark and decimalMark must differ');
  const form = formInWords(options, decimalMark);
  const notANumber = new Refusal('NOT_A_NUMBER', `agreed form: ${form}`);
  const outOfRange = new Refusal('OUT_OF_RANGE', `agreed form: ${form}`);
  const written = writtenForm(decimalMark, groupMark);
  const read = (raw: string) => {
    if (!written.test(raw)) return notANumber;
    const value = canonical(raw, decimalMark, groupMark);
    const point = value.indexOf('.');
    if (value.length > limits.decimalCharactersMax) return outOfRange;
    if (point >= 0 && value.length - point - 1 > scale) return outOfRange;
    if (min !== undefined && compareDecimals(value, min) < 0) return outOfRange;
    return max !== undefined && compareDecimals(value, max) > 0 ? outOfRange : value;
  };
  return defineField({ form, read, type: 'decimal', min, aliases });
}

function writtenForm(mark: string, group: string | undefined): RegExp {
  const grouped = group ? `\\d{1,3}(?:[${group}]\\d{3})+|` : '';
  return new RegExp(`^[+-]?(?:(?:${grouped}\\d+)(?:[${mark}]\\d+)?|[${mark}]\\d+)$`);
}

function canonical(raw: string, mark: string, group: string | undefined): string {
  let text = group && raw.includes(group) ? raw.replaceAll(group, '') : raw;
  if (mark !== '.') text = text.replace(mark, '.');
  const negative = text.charCodeAt(0) === 45;
  const first = negative || text.charCodeAt(0) === 43 ? 1 : 0;
  let start = first;
  while (text.charCodeAt(start) === 48 && isDigit(text.charCodeAt(start + 1))) start++;
  const digits = start === 0 ? text : text.slice(start);
  const whole = digits.charCodeAt(0) === 46 ? `0${digits}` : digits;
  return negative && /[1-9]/.test(whole) ? `-${whole}` : whole;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function formInWords({ scale, min, max, groupMark }: DecimalOptions, mark: string): string {
  const decimals = scale === undefined ? '' : ` with at most ${scale} decimals`;
  const groups = groupMark ? `, groups of three may be set apart by "${groupMark}"` : '';
  return `a number${decimals}${rangeInWords(min, max)}, decimal mark "${mark}"${groups}, e.g. 12${mark}5`;
}
