/** Digits that any double is printed with; more are kept only by chance. */
const doubleDigits = 17;

/** How JSON writes a number. */
export const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

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

/** Without sign, point, exponent and the zeros around. Zeros at the end are counted: a regular expression would look at each of a run again. */
function significantDigits(text: string): string {
  const digits = text.replace(/[eE].*$/, '').replace(/[-.]/g, '');
  const start = digits.search(/[1-9]/);
  if (start < 0) return '';
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(start, end);
}

/** Whether a value is a number that was read as its text, because a double would change it; or a text that is written like one. */
export const isNumberText = (value: unknown): boolean =>
  typeof value === 'string' && jsonNumber.test(value) && !isExactNumber(value);
