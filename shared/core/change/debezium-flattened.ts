import { fieldsOf } from './connect-schema.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { SourceBlock } from './debezium-source-block.ts';
import type { Json, JsonObject } from './lossless-json.ts';
import { type Read, Unreadable } from './unreadable.ts';

const metadata = /^__(?:source_)?/;

/**
 * A record flattened by `ExtractNewRecordState`: the row's columns, and beside them what `add.fields` adds (`__op`, `__table`,
 * `__lsn`, `__source_ts_ms`, …) and `__deleted`, a text. A rewritten delete carries the row as it was before.
 */
export function flattenedParts(payload: JsonObject, schema?: JsonObject): Read<DebeziumParts> {
  const entries = Object.entries(payload);
  const added = entries.filter(([name]) => metadata.test(name));
  const row = Object.fromEntries(entries.filter(([name]) => !metadata.test(name)));
  const deleted = String(payload.__deleted) === 'true';
  const op = deleted ? 'd' : payload.__op;
  if (typeof op !== 'string')
    return new Unreadable('a flattened record without `__op`; add `op` to the connector’s `add.fields`');
  const fields = schema && fieldsOf(schema);
  const image = op === 't' ? null : row;
  return {
    op,
    block: new SourceBlock(blockOf(added)),
    before: op === 'd' ? image : null,
    after: op === 'd' ? null : image,
    beforeFields: fields,
    afterFields: fields,
    transactionId: undefined,
    connectorMillis: millisOf(payload.__ts_ms),
  };
}

/** `__source_ts_ms` is the database's time and goes before `__ts_ms`, the connector's. */
function blockOf(added: readonly (readonly [string, Json])[]): JsonObject {
  const ranked = added.filter(([name]) => !/^__ts_(?:ms|us|ns)$/.test(name));
  return Object.fromEntries(ranked.map(([name, value]) => [name.replace(metadata, ''), value]));
}

const millisOf = (value: Json | undefined): string | undefined =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
