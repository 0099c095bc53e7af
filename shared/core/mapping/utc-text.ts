/**
 * The one spelling of a UTC time in canonical events, so that the same instant is the same text: no fraction when it
 * is zero, else 3, 6 or 9 digits, e.g. `2026-11-02T08:15:00Z`, `2026-11-02T08:15:00.250Z`.
 * @param seconds epoch milliseconds of a whole second
 * @param fraction up to 9 digits of a second, as written
 * @returns undefined outside the years 0000 to 9999, which RFC 3339 cannot write
 */
export function utcText(seconds: number, fraction = ''): string | undefined {
  const iso = new Date(seconds).toISOString();
  if (iso.length !== 24) return undefined;
  return `${iso.slice(0, 19)}${fractionText(fraction)}Z`;
}

function fractionText(digits: string): string {
  let length = digits.length;
  while (length > 0 && digits.charCodeAt(length - 1) === 48) length--;
  if (length === 0) return '';
  return `.${digits.slice(0, length).padEnd(Math.ceil(length / 3) * 3, '0')}`;
}
