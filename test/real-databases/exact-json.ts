/** A number as it is to be written, where a double would change it. */
const mark = '\u0001';

export const exactNumber = (digits: string | bigint): number | string =>
  Number.isSafeInteger(Number(digits)) && String(Number(digits)) === String(digits)
    ? Number(digits)
    : `${mark}${digits}`;

/** JSON in which exact numbers are numbers. */
export const exactJson = (value: unknown): string =>
  JSON.stringify(value).replace(/"\\u0001(-?[0-9.eE+-]+)"/g, '$1');

/** Base64 of the unscaled number in big-endian two's complement, as short as it can be: Debezium's decimals. */
export function unscaledBase64(unscaled: bigint): string {
  const bits = (unscaled < 0n ? -1n - unscaled : unscaled).toString(2).replace(/^0$/, '').length + 1;
  const length = Math.ceil(bits / 8);
  const hex = BigInt.asUintN(length * 8, unscaled).toString(16);
  return Buffer.from(hex.padStart(length * 2, '0'), 'hex').toString('base64');
}

/** A plain decimal as Connect's Decimal of a scale. */
export function decimalBase64(text: string, scale: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  if (scale < 0) return unscaledBase64(BigInt(whole) / 10n ** BigInt(-scale));
  return unscaledBase64(BigInt(`${whole}${fraction.padEnd(scale, '0')}`));
}
