import type { Cell, Relation, Tuple } from './pgoutput.ts';

/** Type ids of `pg_type` that the table has. */
const int8 = 20;
const numeric = 1700;
const timestamptz = 1184;
const jsonb = 3802;

type Column = Relation['columns'][number];

/** The schema of a row, as JsonConverter writes it. */
export const rowSchema = ({ schema, table, columns }: Relation, field: string) => ({
  type: 'struct',
  fields: columns.map(fieldOf),
  optional: true,
  name: `crm.${schema}.${table}.Value`,
  field,
});

function fieldOf(column: Column) {
  const field = column.name;
  switch (column.type) {
    case int8:
      return { type: 'int64', optional: false, field };
    case numeric: {
      const [precision, scale] = [(column.modifier - 4) >> 16, scaleOf(column)];
      const parameters = { scale: String(scale), 'connect.decimal.precision': String(precision) };
      const name = 'org.apache.kafka.connect.data.Decimal';
      return { type: 'bytes', optional: true, name, version: 1, parameters, field };
    }
    case timestamptz:
      return { type: 'string', optional: true, name: 'io.debezium.time.ZonedTimestamp', version: 1, field };
    case jsonb:
      return { type: 'string', optional: true, name: 'io.debezium.data.Json', version: 1, field };
    default:
      return { type: 'string', optional: true, field };
  }
}

/** A row in the encodings of Debezium's PostgreSQL connector; a TOAST value of the old row fills the unchanged one of the new. */
export const rowOf = ({ columns }: Relation, tuple: Tuple, old: Tuple = []): Record<string, unknown> =>
  Object.fromEntries(
    columns.map((column, i) => {
      const cell = tuple[i]!;
      return [column.name, encoded(column, cell === 'unchanged' ? (old[i] ?? cell) : cell)];
    }),
  );

function encoded(column: Column, cell: Cell): unknown {
  if (cell === null) return null;
  if (cell === 'unchanged') return '__debezium_unavailable_value';
  if (column.type === int8) return Number(cell.text);
  if (column.type === numeric) return unscaledBase64(cell.text, scaleOf(column));
  return column.type === timestamptz ? zoned(cell.text) : cell.text;
}

const scaleOf = ({ modifier }: Column): number => (modifier - 4) & 0xffff;

/** Base64 of the unscaled number in big-endian two's complement, as short as it can be. */
function unscaledBase64(text: string, scale: number): string {
  const [whole, fraction = ''] = text.split('.');
  const unscaled = BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  let length = 1;
  while (BigInt.asIntN(length * 8, unscaled) !== unscaled) length++;
  const hex = BigInt.asUintN(length * 8, unscaled)
    .toString(16)
    .padStart(length * 2, '0');
  return Buffer.from(hex, 'hex').toString('base64');
}

/** `2026-11-02 08:15:00.5+00` as `2026-11-02T08:15:00.5Z`. */
const zoned = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');
