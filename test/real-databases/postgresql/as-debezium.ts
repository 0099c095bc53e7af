import { decimalBase64, exactNumber, unscaledBase64 } from '../exact-json.ts';
import type { Cell, Relation, Tuple } from './pgoutput.ts';

/*
 * Rows as Debezium's PostgreSQL connector writes them with its default settings, except `interval.handling.mode=string`. It is
 * written from the "Data type mappings" of the connector's documentation and stands in for the connector's own converters.
 */

/** The connector's `topic.prefix`. It names the log, so the recorded sample may share a stream with samples of another server. */
export const server = 'recorded';

type Column = Relation['columns'][number];

/** How a type is described and written. The text is PostgreSQL's own. */
interface Encoding {
  readonly schema: (modifier: number) => object;
  readonly encode: (text: string, modifier: number) => unknown;
}

const plain = (type: string, encode: Encoding['encode'] = text => text): Encoding => ({
  schema: () => ({ type }),
  encode,
});
const semantic = (type: string, name: string, encode: Encoding['encode'] = text => text): Encoding => ({
  schema: () => ({ type, name: `io.debezium.${name}`, version: 1 }),
  encode,
});

const integer = (type: string) => plain(type, exactNumber);
const float = (type: string) => plain(type, text => (Number.isFinite(Number(text)) ? Number(text) : text));

const scaleOf = (modifier: number): number => (((modifier - 4) & 0x7ff) ^ 1_024) - 1_024;
const precisionOf = (modifier: number): number => ((modifier - 4) >> 16) & 0xffff;

const numeric: Encoding = {
  schema: modifier =>
    modifier < 0
      ? { type: 'struct', name: 'io.debezium.data.VariableScaleDecimal', version: 1 }
      : {
          ...{ type: 'bytes', name: 'org.apache.kafka.connect.data.Decimal', version: 1 },
          parameters: {
            scale: String(scaleOf(modifier)),
            'connect.decimal.precision': String(precisionOf(modifier)),
          },
        },
  encode: (text, modifier) => {
    if (modifier >= 0) return decimalBase64(text, scaleOf(modifier));
    const [whole = '', fraction = ''] = text.split('.');
    return { scale: fraction.length, value: unscaledBase64(BigInt(whole + fraction)) };
  },
};

const bits: Encoding = {
  schema: length => ({
    type: 'bytes',
    name: 'io.debezium.data.Bits',
    parameters: { length: String(length) },
  }),
  encode: text => {
    const bytes = text.match(/[01]{1,8}(?=(?:[01]{8})*$)/g) ?? [];
    return Buffer.from(bytes.map(byte => Number.parseInt(byte, 2)).reverse()).toString('base64');
  },
};

const dayMillis = 86_400_000n;

/** `4713-11-24 BC`, `294276-12-31`: days since 1970, by PostgreSQL's own Julian day (fliegel-van flandern). */
function daysIn(text: string): bigint {
  const [, years = '', months, days, era] = /^(\d+)-(\d\d)-(\d\d).*?(BC)?$/.exec(text) ?? [];
  const month = BigInt(months ?? 1);
  const year = (era ? 1n - BigInt(years) : BigInt(years)) + 4_800n - (month <= 2n ? 1n : 0n);
  const fromMarch = month > 2n ? month - 3n : month + 9n;
  const leaps = year / 4n - year / 100n + year / 400n;
  return BigInt(days ?? 1) + (153n * fromMarch + 2n) / 5n + 365n * year + leaps - 32_045n - 2_440_588n;
}

function microsIn(clock: string): bigint {
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    /(\d\d):(\d\d):(\d\d)(?:\.(\d+))?/.exec(clock) ?? [];
  const whole = (BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return whole * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

const infiniteMicros: Readonly<Record<string, string>> = {
  infinity: '9223372036825200000',
  '-infinity': '-9223372036832400000',
};
const infiniteDays: Readonly<Record<string, number>> = { infinity: -2147472693, '-infinity': -2147472692 };

const timestamp = semantic('int64', 'time.MicroTimestamp', text => {
  const [day = '', clock = ''] = text.split(' ');
  const era = text.endsWith('BC') ? ' BC' : '';
  return exactNumber(infiniteMicros[text] ?? daysIn(day + era) * dayMillis * 1_000n + microsIn(clock));
});

const infiniteZoned: Readonly<Record<string, string>> = {
  infinity: '+292278994-08-16T23:00:00Z',
  '-infinity': '-292275055-05-16T23:00:00Z',
};

/** `2026-11-02 08:15:00.5+00` as `2026-11-02T08:15:00.5Z`; years as Java writes them. */
function zoned(text: string): string {
  const [, years = '', rest = '', clock = '', era] =
    /^(\d+)(-\d\d-\d\d) (\S+?)\+00(?: (BC))?$/.exec(text) ?? [];
  const year = era ? 1 - Number(years) : Number(years);
  const sign = year < 0 ? '-' : year > 9_999 ? '+' : '';
  return infiniteZoned[text] ?? `${sign}${String(Math.abs(year)).padStart(4, '0')}${rest}T${clock}Z`;
}

const seconds = (offset: string): number => Number(microsIn(offset) / 1_000_000n);

/** In UTC, as Debezium writes times with a zone. */
function zonedTime(text: string): string {
  const [, clock = '', sign, offset = ''] = /^([\d:.]+)([+-])(.*)$/.exec(text) ?? [];
  const padded = [...offset.split(':'), '00', '00'].slice(0, 3).join(':');
  const ahead = (sign === '-' ? -1 : 1) * seconds(padded);
  const day = 86_400_000_000n;
  const utc = (microsIn(clock) - BigInt(ahead) * 1_000_000n + day) % day;
  const [whole, rest] = [Number(utc / 1_000_000n), String(utc % 1_000_000n).padStart(6, '0')];
  const part = (count: number) => String(count % 60).padStart(2, '0');
  const hours = String(Math.floor(whole / 3_600)).padStart(2, '0');
  return `${hours}:${part(Math.floor(whole / 60))}:${part(whole)}${rest === '000000' ? '' : `.${rest}`}Z`;
}

/** PostgreSQL's text of an array whose items need no quotes; `NULL` is null. */
const items = (text: string): string[] => (text === '{}' ? [] : text.slice(1, -1).split(','));
const arrayOf = (item: Encoding): Encoding => ({
  schema: modifier => ({ type: 'array', items: { ...item.schema(modifier), optional: true } }),
  encode: (text, modifier) =>
    items(text).map(found => (found === 'NULL' ? null : item.encode(found.replace(/^"|"$/g, ''), modifier))),
});

const text = plain('string');

/** By the ids of `pg_type`; of others, such as enums, the text. */
const encodings: ReadonlyMap<number, Encoding> = new Map([
  [16, plain('boolean', found => found.startsWith('t'))],
  [17, plain('bytes', found => Buffer.from(found.slice(2), 'hex').toString('base64'))],
  [20, integer('int64')],
  [21, integer('int16')],
  [23, integer('int32')],
  [26, integer('int64')],
  [114, semantic('string', 'data.Json')],
  [142, semantic('string', 'data.Xml')],
  [700, float('float')],
  [701, float('double')],
  [
    790,
    {
      schema: () => ({
        type: 'bytes',
        name: 'org.apache.kafka.connect.data.Decimal',
        parameters: { scale: '2' },
      }),
      encode: found => decimalBase64(found.replace(/[$,]/g, ''), 2),
    },
  ],
  [1007, arrayOf(integer('int32'))],
  [1009, arrayOf(text)],
  [1082, semantic('int32', 'time.Date', found => infiniteDays[found] ?? Number(daysIn(found)))],
  [1083, semantic('int64', 'time.MicroTime', found => exactNumber(microsIn(found)))],
  [1114, timestamp],
  [1184, semantic('string', 'time.ZonedTimestamp', zoned)],
  [1186, semantic('string', 'time.Interval')],
  [1266, semantic('string', 'time.ZonedTime', zonedTime)],
  [1560, bits],
  [1562, bits],
  [1700, numeric],
  [2950, semantic('string', 'data.Uuid')],
  [3614, semantic('string', 'data.Tsvector')],
  [3802, semantic('string', 'data.Json')],
]);

const encodingOf = ({ type }: Column): Encoding => encodings.get(type) ?? text;

/** The schema of a row, as JsonConverter writes it. */
export const rowSchema = ({ schema, table, columns }: Relation, field: string) => ({
  type: 'struct',
  fields: columns.map(column => ({
    ...encodingOf(column).schema(column.modifier),
    optional: true,
    field: column.name,
  })),
  optional: true,
  name: `${server}.${schema}.${table}.Value`,
  field,
});

/** A row in the connector's encodings; a TOAST value of the old row fills the unchanged one of the new. */
export const rowOf = ({ columns }: Relation, tuple: Tuple, old: Tuple = []): Record<string, unknown> =>
  Object.fromEntries(
    columns.map((column, i) => {
      const cell = tuple[i] ?? null;
      return [column.name, encoded(column, cell === 'unchanged' ? (old[i] ?? cell) : cell)];
    }),
  );

function encoded(column: Column, cell: Cell): unknown {
  if (cell === null) return null;
  return cell === 'unchanged'
    ? '__debezium_unavailable_value'
    : encodingOf(column).encode(cell.text, column.modifier);
}
