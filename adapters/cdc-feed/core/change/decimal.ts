import { type Read, Unreadable } from './unreadable.ts';

/** PostgreSQL's numeric has up to 131,072 digits before the point and 16,383 after it; no log carries more. */
const digitsMax = 150_000;
/** PostgreSQL's: each digit after the point is written out, so that a larger scale would make a long text of a few bytes. */
const scaleMax = 16_383;
/** Decimal128 (MongoDB) ends at 10^-6176; floats near 10^308: what would be written with more zeros than that, nobody stored. */
const exponentMax = 6_200;

const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
const special: ReadonlyMap<string, string> = new Map([
  ['nan', 'NaN'],
  ['infinity', 'Infinity'],
  ['+infinity', 'Infinity'],
  ['-infinity', '-Infinity'],
]);

/** The unscaled integer and its scale as a plain decimal string; a negative scale appends zeros. */
export function scaled(unscaled: number | bigint, scale: number): Read<string> {
  if (!Number.isInteger(scale) || scale > scaleMax || scale < -exponentMax)
    return new Unreadable('the scale is not plausible');
  return unscaled < 0 ? withPoint('-', String(-unscaled), scale) : withPoint('', String(unscaled), scale);
}

/** Digits without leading zeros, the last `scale` of them behind the point. */
function withPoint(sign: string, digits: string, scale: number): string {
  const minus = digits === '0' ? '' : sign;
  if (scale <= 0) return minus + (digits === '0' ? digits : digits + '0'.repeat(-scale));
  const padded = digits.padStart(scale + 1, '0');
  return `${minus}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** The big-endian two's-complement integer that Java's `BigInteger.toByteArray` writes: at least one byte. */
export function integerOf(bytes: Buffer): number | bigint {
  if (bytes.length <= 6) return bytes.readIntBE(0, bytes.length);
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));
}

/**
 * Any written number as an exact decimal string without exponent. Without a scale the fraction digits are kept as written;
 * with one they are padded or, where they are zeros, cut to it.
 */
export function exactDecimal(text: string, scale?: number): Read<string> {
  const plain = plainDecimal(text, scale);
  if (plain !== undefined) return plain;
  const named = special.get(text.toLowerCase());
  if (named) return named;
  const match = number.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  const written = whole + fraction;
  if (!match || written.length === 0 || written.length > digitsMax) return new Unreadable('not a number');
  if (Math.abs(Number(exponent)) > exponentMax) return new Unreadable('an exponent that is not plausible');
  const digits = written.replace(/^0+(?=\d)/, '');
  const ownScale = fraction.length - Number(exponent);
  return scale === undefined
    ? withPoint(sign === '-' ? sign : '', digits, ownScale)
    : rescaled({ sign: sign === '-' ? sign : '', digits, scale: ownScale }, scale);
}

/** In canonical form already: no sign but that of a number below zero, no leading zeros, no exponent. */
const canonical = /^(?:-(?=.*[1-9]))?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** Longer ones are left to the rules for all. */
const plainCharactersMax = 100;

/** What nearly every log writes, without a detour over big integers; undefined for anything that needs one. */
function plainDecimal(text: string, scale: number | undefined): string | undefined {
  if (text.length > plainCharactersMax || !canonical.test(text)) return undefined;
  if (scale === undefined) return text;
  const point = text.indexOf('.');
  const missing = scale - (point < 0 ? 0 : text.length - point - 1);
  if (missing === 0) return text;
  return missing > 0 && missing <= plainCharactersMax
    ? `${text}${point < 0 ? '.' : ''}${'0'.repeat(missing)}`
    : undefined;
}

interface ScaledDigits {
  readonly sign: string;
  readonly digits: string;
  readonly scale: number;
}

function rescaled({ sign, digits, scale: from }: ScaledDigits, to: number): Read<string> {
  if (Math.abs(to) > digitsMax) return new Unreadable('the scale is not plausible');
  if (digits === '0') return withPoint('', digits, to);
  if (to >= from) return withPoint(sign, digits + '0'.repeat(to - from), to);
  const kept = digits.length - (from - to);
  if (kept < 1 || /[1-9]/.test(digits.slice(kept)))
    return new Unreadable(`more fraction digits than the scale of ${to}`);
  return withPoint(sign, digits.slice(0, kept), to);
}

/** A float in the same form: plain, without trailing zeros of the fraction. */
export function plainFloat(text: string): Read<string> {
  const exact = exactDecimal(text);
  if (typeof exact !== 'string' || !exact.includes('.')) return exact === '-0' ? '0' : exact;
  let end = exact.length;
  while (exact[end - 1] === '0') end--;
  const cut = exact.slice(0, exact[end - 1] === '.' ? end - 1 : end);
  return cut === '-0' ? '0' : cut;
}

/** An integer in canonical form: a number while safe, else its digits. */
export function canonicalInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
