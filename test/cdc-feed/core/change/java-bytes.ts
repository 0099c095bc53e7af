/** What Java's `BigInteger.toByteArray` writes: the shortest big-endian two's complement. */
export function javaBytes(value: bigint): Buffer {
  // One bit more than the number has, for its sign; of a number below zero, -1 - n has as many.
  const bits = (value < 0n ? -1n - value : value).toString(2).replace(/^0$/, '').length + 1;
  const length = Math.ceil(bits / 8);
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0');
  return Buffer.from(hex, 'hex');
}
