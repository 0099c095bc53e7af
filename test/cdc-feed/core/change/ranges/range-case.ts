import type * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { javaBytes } from '../java-bytes.ts';

/** One end of a type's documented range, as its connector writes it. */
export interface RangeCase {
  /** The type as the database names it, and which end. */
  readonly name: string;
  /** The type's name alone. */
  readonly database: string;
  readonly type: is.ColumnType;
  /** Its Kafka Connect schema, where the connector's records can bring one. */
  readonly schema: object;
  /** The value as JSON text. */
  readonly json: string;
  readonly expected: unknown;
}

export const range = (
  name: string,
  type: is.ColumnType,
  schema: object,
  ...ends: readonly (readonly [json: string, expected: unknown])[]
): RangeCase[] =>
  ends.map(([json, expected]) => ({
    database: name.replace(/(?:,| without| UNSIGNED|\().*$/, ''),
    name: `${name} ${json.length > 40 ? `${json.slice(0, 40)}…` : json}`,
    type,
    schema,
    json,
    expected,
  }));

export const zeros = (count: number): string => '0'.repeat(count);
export const nines = (count: number): string => '9'.repeat(count);

export const int = (bits: 8 | 16 | 32 | 64) => ({ type: `int${bits}` });
export const string = { type: 'string' };
export const bytes = { type: 'bytes' };
export const named = (type: string, name: string, parameters?: object) => ({
  type,
  name: name.startsWith('org.') ? name : `io.debezium.${name}`,
  ...(parameters && { parameters }),
});
export const decimalOf = (scale: number) =>
  named('bytes', 'org.apache.kafka.connect.data.Decimal', { scale: String(scale) });
export const variableScale = named('struct', 'data.VariableScaleDecimal');

/** A decimal in Debezium's default mode: base64 of the unscaled number. */
export const precise = (unscaled: string | bigint): string =>
  JSON.stringify(javaBytes(BigInt(unscaled)).toString('base64'));
export const variable = (unscaled: string | bigint, scale: number): string =>
  `{"scale":${scale},"value":${precise(unscaled)}}`;

export const text = (value: string): string => JSON.stringify(value);
