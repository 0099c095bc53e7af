import { limits } from '#shared/contract/limits.ts';

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
  const [, sign, whole = '', fraction = ''] = found;
  const units = BigInt(whole + fraction);
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
