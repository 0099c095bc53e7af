import type { ByteReader } from './byte-reader.ts';

/** A column as a table map describes it. */
export interface BinlogColumn {
  readonly type: number;
  readonly metadata: readonly number[];
}

/** Times in their parts, as the log has them: a zero date has no month and no day. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Since midnight. */
  readonly micros: bigint;
}

/** Integers are raw: whether they have a sign, only the table's definition says. */
export type Value = null | string | number | bigint | Buffer | DateParts;

export function readValue({ type, metadata }: BinlogColumn, reader: ByteReader): Value {
  const [first = 0, second = 0] = metadata;
  switch (type) {
    case 1:
      return reader.bigUint(1);
    case 2:
      return reader.bigUint(2);
    case 9:
      return reader.bigUint(3);
    case 3:
      return reader.bigUint(4);
    case 8:
      return reader.bigUint(8);
    case 4:
      return reader.bytes(4).readFloatLE();
    case 5:
      return reader.bytes(8).readDoubleLE();
    case 10:
      return dateIn(reader.uint(3));
    case 13:
      return reader.bigUint(1);
    case 15:
      return reader.bytes(reader.uint(first + second * 256 > 255 ? 2 : 1));
    case 16:
      return reader.bytes(second + (first > 0 ? 1 : 0));
    case 17:
      return timestampIn(reader, first);
    case 18:
      return datetimeIn(reader, first);
    case 19:
      return timeIn(reader, first);
    case 246:
      return decimalIn(reader, first, second);
    case 252:
      return reader.bytes(reader.uint(first));
    case 254:
      return stringIn(reader, first, second);
    default:
      throw new Error(`the type ${type} of the binary log is not read here`);
  }
}

const dateIn = (packed: number): DateParts => ({
  year: packed >> 9,
  month: (packed >> 5) & 15,
  day: packed & 31,
  micros: 0n,
});

/** CHAR and BINARY; of ENUM and SET, which share the type, the number. */
function stringIn(reader: ByteReader, first: number, second: number): Value {
  const real = first | 0x30;
  if (real === 0xf7 || real === 0xf8) return reader.bigUint(second);
  const length = second | (((first & 0x30) ^ 0x30) << 4);
  return reader.bytes(reader.uint(length > 255 ? 2 : 1));
}

const fractionBytes = (digits: number): number => Math.ceil(digits / 2);

/** Microseconds of a fraction in as few bytes as its digits need. */
const fractionIn = (reader: ByteReader, digits: number): bigint =>
  reader.bigUintBigEndian(fractionBytes(digits)) * 100n ** BigInt(3 - fractionBytes(digits));

/** Microseconds since 1970; 0 is the zero date. */
function timestampIn(reader: ByteReader, digits: number): bigint {
  const seconds = reader.bigUintBigEndian(4);
  return seconds * 1_000_000n + fractionIn(reader, digits);
}

function datetimeIn(reader: ByteReader, digits: number): DateParts {
  const packed = reader.bigUintBigEndian(5) - 0x8000000000n;
  const [months, clock] = [Number(packed >> 22n), Number(packed & 0x1ffffn)];
  const seconds = (clock >> 12) * 3_600 + ((clock >> 6) & 63) * 60 + (clock & 63);
  return {
    year: Math.floor(months / 13),
    month: months % 13,
    day: Number((packed >> 17n) & 31n),
    micros: BigInt(seconds) * 1_000_000n + fractionIn(reader, digits),
  };
}

/** Microseconds, below 0 or beyond a day. */
function timeIn(reader: ByteReader, digits: number): bigint {
  const more = fractionBytes(digits);
  const packed = reader.bigUintBigEndian(3 + more) - (0x800000n << BigInt(8 * more));
  const absolute = packed < 0n ? -packed : packed;
  const clock = Number(absolute >> BigInt(8 * more));
  const seconds = (clock >> 12) * 3_600 + ((clock >> 6) & 63) * 60 + (clock & 63);
  const fraction = (absolute & ((1n << BigInt(8 * more)) - 1n)) * 100n ** BigInt(3 - more);
  const micros = BigInt(seconds) * 1_000_000n + fraction;
  return packed < 0n ? -micros : micros;
}

const digitsABlock = 9;
/** Bytes of a block with fewer digits. */
const bytesOfDigits = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4] as const;

/** Blocks of nine digits in four bytes, the outer ones shorter; the first bit is the sign, and a number below zero is inverted. */
function decimalIn(reader: ByteReader, precision: number, scale: number): string {
  const whole = precision - scale;
  const blocks = [whole % digitsABlock, ...full(whole), ...full(scale), scale % digitsABlock];
  const length = blocks.reduce((sum, digits) => sum + (bytesOfDigits[digits] ?? 0), 0);
  const bytes = Buffer.from(reader.bytes(length));
  const isNegative = ((bytes[0] ?? 0) & 0x80) === 0;
  bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  if (isNegative) for (const [i, byte] of bytes.entries()) bytes[i] = byte ^ 0xff;
  let at = 0;
  const digits = blocks.map(count => {
    const size = bytesOfDigits[count] ?? 0;
    at += size;
    return size === 0 ? '' : String(bytes.readUIntBE(at - size, size)).padStart(count, '0');
  });
  const text = digits.join('');
  const sign = isNegative ? '-' : '';
  return scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, whole) || '0'}.${text.slice(whole)}`;
}

const full = (digits: number): number[] =>
  Array<number>(Math.floor(digits / digitsABlock)).fill(digitsABlock);
