import { decimalBase64, exactNumber } from '../exact-json.ts';
import type { BinlogRow } from './binlog.ts';
import type { DateParts, Value } from './binlog-values.ts';

/*
 * Rows as Debezium's MariaDB connector writes them with its default settings. It is written from the "Data type mappings" of the
 * connector's documentation and stands in for the connector's own converters.
 */

/** A column as `information_schema` describes it. */
export interface Column {
  readonly name: string;
  readonly dataType: string;
  readonly isUnsigned: boolean;
  /** Characters, or bytes; of BIT bits. */
  readonly length: number;
  /** Digits after the point; of times, digits of the second. */
  readonly scale: number;
  /** Of ENUM and SET. */
  readonly labels: readonly string[];
}

interface Encoding {
  readonly schema: (column: Column) => object;
  readonly encode: (value: NonNullable<Value>, column: Column) => unknown;
}

const plain = (type: string, encode: Encoding['encode']): Encoding => ({ schema: () => ({ type }), encode });
const semantic = (type: string, name: string, encode: Encoding['encode']): Encoding => ({
  schema: () => ({ type, name: `io.debezium.${name}`, version: 1 }),
  encode,
});

/** As large a type as holds the unsigned values too. */
const integer = (bits: number, signed: string, unsigned: string): Encoding => ({
  schema: ({ isUnsigned }) => ({ type: isUnsigned ? unsigned : signed }),
  encode: (value, { isUnsigned }) =>
    exactNumber(isUnsigned && bits < 64 ? BigInt(Number(value)) : BigInt.asIntN(bits, value as bigint)),
});

const text = plain('string', value => (value as Buffer).toString('utf8'));
const binary = plain('bytes', value => (value as Buffer).toString('base64'));

/** The shortest text of a number of 32 bits, as Java writes it. */
function shortestFloat(value: number): number {
  for (let digits = 1; digits < 9; digits++)
    if (Math.fround(Number(value.toPrecision(digits))) === value) return Number(value.toPrecision(digits));
  return Number(value.toPrecision(9));
}

/** Days since 1970; null for a zero date. */
const daysIn = ({ year, month, day }: DateParts): number | null =>
  month === 0 || day === 0 ? null : new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;

const microsIn = (parts: DateParts): bigint | null => {
  const days = daysIn(parts);
  return days === null ? null : BigInt(days) * 86_400_000_000n + parts.micros;
};

const datetime: Encoding = {
  schema: ({ scale }) => ({ type: 'int64', name: `io.debezium.time.${scale > 3 ? 'Micro' : ''}Timestamp` }),
  encode: (value, { scale }) => {
    const micros = microsIn(value as DateParts);
    return micros === null ? null : exactNumber(scale > 3 ? micros : micros / 1_000n);
  },
};

/** With as many digits as the column has. */
function zoned(value: bigint, scale: number): string | null {
  if (value === 0n) return null;
  const whole = new Date(Number(value / 1_000n)).toISOString().slice(0, 19);
  const fraction = String(value % 1_000_000n)
    .padStart(6, '0')
    .slice(0, scale);
  return `${whole}${fraction && `.${fraction}`}Z`;
}

const encodings: Readonly<Record<string, Encoding>> = {
  tinyint: integer(8, 'int16', 'int16'),
  smallint: integer(16, 'int16', 'int32'),
  mediumint: integer(24, 'int32', 'int32'),
  int: integer(32, 'int32', 'int64'),
  bigint: integer(64, 'int64', 'int64'),
  float: plain('float', value => shortestFloat(value as number)),
  double: plain('double', value => value),
  decimal: {
    schema: ({ scale }) => ({
      ...{ type: 'bytes', name: 'org.apache.kafka.connect.data.Decimal', version: 1 },
      parameters: { scale: String(scale) },
    }),
    encode: (value, { scale }) => decimalBase64(value as string, scale),
  },
  bit: {
    schema: ({ length }) => ({
      type: 'bytes',
      name: 'io.debezium.data.Bits',
      parameters: { length: String(length) },
    }),
    encode: value =>
      Buffer.from(value as Buffer)
        .reverse()
        .toString('base64'),
  },
  char: text,
  varchar: text,
  longtext: text,
  // The log leaves out the zero bytes at the end.
  binary: plain('bytes', (value, { length }) =>
    Buffer.concat([value as Buffer, Buffer.alloc(length - (value as Buffer).length)]).toString('base64'),
  ),
  varbinary: binary,
  longblob: binary,
  enum: semantic('string', 'data.Enum', (value, { labels }) => labels[Number(value) - 1] ?? ''),
  set: semantic('string', 'data.EnumSet', (value, { labels }) =>
    labels.filter((_, i) => ((value as bigint) >> BigInt(i)) & 1n).join(','),
  ),
  date: semantic('int32', 'time.Date', value => daysIn(value as DateParts)),
  datetime,
  timestamp: semantic('string', 'time.ZonedTimestamp', (value, { scale }) => zoned(value as bigint, scale)),
  time: semantic('int64', 'time.MicroTime', value => exactNumber(value as bigint)),
  year: semantic('int32', 'time.Year', value => (value === 0n ? 0 : Number(value) + 1_900)),
};

function encodingOf({ dataType }: Column): Encoding {
  const encoding = encodings[dataType];
  if (!encoding) throw new Error(`the column type ${dataType} is not written here`);
  return encoding;
}

export const rowSchema = (columns: readonly Column[], field: string) => ({
  type: 'struct',
  fields: columns.map(column => ({
    ...encodingOf(column).schema(column),
    optional: true,
    field: column.name,
  })),
  optional: true,
  name: 'shop.Value',
  field,
});

export const rowOf = (columns: readonly Column[], row: BinlogRow): Record<string, unknown> =>
  Object.fromEntries(
    columns.map((column, i) => {
      const value = row[i] ?? null;
      return [column.name, value === null ? null : encodingOf(column).encode(value, column)];
    }),
  );
