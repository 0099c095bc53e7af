import { type Fields, fieldsOf } from './connect-schema.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { SourceBlock, totalOrder } from './debezium-source-block.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { textOf } from './scalar.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** `{before, after, source, op, ts_ms, transaction?}`, with the schema that came around it, if any. */
export function envelopeParts(payload: JsonObject, schema?: JsonObject): Read<DebeziumParts> {
  const { source, op, transaction } = payload;
  if (!isObject(source) || typeof op !== 'string')
    return new Unreadable('no change envelope: `source` or `op` is missing');
  const { before, after } = imageFields(schema);
  const inTransaction = isObject(transaction) ? transaction : undefined;
  return {
    op,
    block: new SourceBlock(
      inTransaction ? { ...source, [totalOrder]: inTransaction.total_order ?? null } : source,
    ),
    before: payload.before ?? null,
    after: payload.after ?? null,
    updateDescription: payload.updateDescription,
    beforeFields: before,
    afterFields: after,
    transactionId: typeof inTransaction?.id === 'string' ? inTransaction.id : undefined,
    connectorMillis: textOf(payload.ts_ms),
  };
}

interface ImageFields {
  readonly before?: Fields | undefined;
  readonly after?: Fields | undefined;
}

const known = new WeakMap<JsonObject, ImageFields>();

/** The fields of both images: one object where they are alike, as a connector writes them, so that one reader serves both. */
function imageFields(schema: JsonObject | undefined): ImageFields {
  if (!schema) return {};
  const remembered = known.get(schema);
  if (remembered) return remembered;
  const [before, after] = ['before', 'after'].map(image => fieldsOf(schema).get(image));
  const areAlike = JSON.stringify(before?.fields) === JSON.stringify(after?.fields);
  const fields = { before: fieldsOf(areAlike ? after : before), after: fieldsOf(after) };
  known.set(schema, fields);
  return fields;
}
