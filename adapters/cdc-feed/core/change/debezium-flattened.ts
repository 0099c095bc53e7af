import type { ChangeRecord } from './change.ts';
import { fieldsOf } from './connect-schema.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { SourceBlock, totalOrder } from './debezium-source-block.ts';
import type { JsonObject } from './lossless-json.ts';
import { textOf } from './scalar.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** What `add.fields` can add, from the envelope (`op`, `table`) and its parts; other names that begin so are columns. */
const added =
  /^__(?:source_.+|transaction_.+|op|deleted|ts_(?:ms|us|ns)|version|connector|name|snapshot|db|schema|table|collection|sequence|txId|lsn|xmin|gtid|file|pos|row|server_id|thread|change_lsn|commit_lsn|event_serial_no|scn|commit_scn|rs_id|ssn|rs|ord)$/;

/**
 * A record flattened by `ExtractNewRecordState`: the row's columns, and beside them (or in headers) what `add.fields` adds:
 * `__op`, `__table`, `__lsn`, `__source_ts_ms`, …, and `__deleted`, a text. A rewritten delete carries the row as it was.
 */
export function flattenedParts(
  payload: JsonObject,
  schema: JsonObject | undefined,
  headers: ChangeRecord['headers'],
): Read<DebeziumParts> {
  const all = { ...fromHeaders(headers), ...payload };
  const op = all.__deleted === 'true' || all.__deleted === true ? 'd' : all.__op;
  if (typeof op !== 'string')
    return new Unreadable('a flattened record without `__op`; add `op` to the connector’s `add.fields`');
  const fields = schema && fieldsOf(schema);
  const row = Object.fromEntries(Object.entries(payload).filter(([name]) => !added.test(name)));
  return {
    op,
    block: new SourceBlock(all, fieldNames),
    before: op === 'd' ? row : null,
    after: op === 'd' || op === 't' ? null : row,
    beforeFields: fields,
    afterFields: fields,
    transactionId: textOf(all.__transaction_id),
    connectorMillis: textOf(all.__ts_ms),
  };
}

/** `__ts_ms` is the connector's time, not the database's. */
const fieldNames = (name: string): readonly string[] => {
  if (name === totalOrder) return ['__transaction_total_order'];
  return name.startsWith('ts_') ? [`__source_${name}`] : [`__source_${name}`, `__${name}`];
};

/** `add.headers` instead of `add.fields`: plain text, or JSON text in quotes. */
function fromHeaders(headers: ChangeRecord['headers']): JsonObject {
  const own = Object.entries(headers ?? {}).filter(([name]) => added.test(name));
  return Object.fromEntries(
    own.map(([name, bytes]) => [
      name,
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^"(.*)"$/, '$1'),
    ]),
  );
}
