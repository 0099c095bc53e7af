import { fieldsOf } from './connect-schema.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { SourceBlock } from './debezium-source-block.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { textOf } from './scalar.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** `{before, after, source, op, ts_ms, transaction?}`, with the schema that came around it, if any. */
export function envelopeParts(payload: JsonObject, schema?: JsonObject): Read<DebeziumParts> {
  const { source, op, transaction } = payload;
  if (!isObject(source) || typeof op !== 'string')
    return new Unreadable('no change envelope: `source` or `op` is missing');
  const fields = fieldsOf(schema);
  const inTransaction = isObject(transaction) ? transaction : undefined;
  return {
    op,
    block: new SourceBlock(
      inTransaction ? { ...source, txtotalorder: inTransaction.total_order ?? null } : source,
    ),
    before: payload.before ?? null,
    after: payload.after ?? null,
    updateDescription: payload.updateDescription,
    beforeFields: schema && fieldsOf(fields.get('before')),
    afterFields: schema && fieldsOf(fields.get('after')),
    transactionId: typeof inTransaction?.id === 'string' ? inTransaction.id : undefined,
    connectorMillis: textOf(payload.ts_ms),
  };
}
