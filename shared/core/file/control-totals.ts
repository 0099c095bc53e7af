import { type Fault, fault } from '../../contract/fault.ts';
import { limits } from '../../contract/limits.ts';

const decimalForm = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A sum may join the longest whole part with the longest fraction, and gains digits with each addend. */
const sumCharactersMax = 2 * limits.decimalCharactersMax + 20;

interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

/** Undefined when `text` is no decimal with a point, or longer than any sum of amounts. */
function scaled(text: string): Scaled | undefined {
  const found = text.length <= sumCharactersMax ? decimalForm.exec(text) : null;
  if (!found) return undefined;
  const [, sign, whole, fraction = ''] = found;
  const units = BigInt(whole! + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

const rescaled = ({ units, scale }: Scaled, to: number): bigint => units * 10n ** BigInt(to - scale);

export const isDecimal = (text: string): boolean => scaled(text) !== undefined;

/** An exact sum of decimals. Its scale is the largest that was added, so it does not depend on the order of adding. */
export class DecimalSum {
  #units = 0n;
  #scale = 0;

  /** False, and nothing added, when `text` is no decimal (`[+-]digits[.digits]`). */
  add(text: string): boolean {
    const addend = scaled(text);
    if (!addend) return false;
    const scale = Math.max(this.#scale, addend.scale);
    this.#units = rescaled({ units: this.#units, scale: this.#scale }, scale) + rescaled(addend, scale);
    this.#scale = scale;
    return true;
  }

  toString(): string {
    const negative = this.#units < 0n;
    const digits = String(negative ? -this.#units : this.#units).padStart(this.#scale + 1, '0');
    const point = digits.length - this.#scale;
    const fraction = this.#scale > 0 ? `.${digits.slice(point)}` : '';
    return `${negative ? '-' : ''}${digits.slice(0, point)}${fraction}`;
  }
}

/** Whether two decimals are the same number, however many zeros end them; false when either is no decimal. */
export function sameDecimal(a: string, b: string): boolean {
  const left = scaled(a);
  const right = scaled(b);
  if (!left || !right) return false;
  const scale = Math.max(left.scale, right.scale);
  return rescaled(left, scale) === rescaled(right, scale);
}

type Totals = Readonly<Record<string, string>>;

/** Column by column. @throws Error on a total that is no decimal: these are our own sums. */
export function sumTotals(all: readonly Totals[]): Record<string, string> {
  const sums = new Map<string, DecimalSum>();
  for (const [column, total] of all.flatMap(totals => Object.entries(totals))) {
    const sum = sums.get(column) ?? new DecimalSum();
    if (!sum.add(total)) throw new Error(`the total of ${column} is no decimal`);
    sums.set(column, sum);
  }
  return Object.fromEntries([...sums].map(([column, sum]) => [column, String(sum)]));
}

export const addTotals = (a: Totals, b: Totals): Record<string, string> => sumTotals([a, b]);

/** Holds each declared total, by column, against the one found; a column without rows adds up to zero. */
export function checkTotals(declared: Totals, found: Totals): Fault | undefined {
  for (const [column, total] of Object.entries(declared)) {
    const sum = found[column] ?? '0';
    if (!sameDecimal(total, sum)) {
      const detail = `the declared total of ${column} is ${total}, the rows add up to ${sum}`;
      return fault('CONTROL_TOTAL_MISMATCH', { column }, detail);
    }
  }
  return undefined;
}
