/** Digits that any double is printed with; more are kept only by chance. */
const doubleDigits = 17;

/** Whether a JSON number survives being a double: no integer part beyond 2^53 - 1, no digits lost, not overflown or gone to zero. */
export function isExactNumber(text: string): boolean {
  if (/^-?\d{1,15}$/.test(text)) return true;
  const value = Number(text);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  const digits = significantDigits(text);
  if (digits === '') return true;
  if (value === 0) return false;
  return digits.length <= doubleDigits || digits === significantDigits(String(value));
}

/** Without sign, point, exponent and the zeros around. */
const significantDigits = (text: string): string =>
  text
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
