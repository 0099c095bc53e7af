import type { DebeziumSource, Entity } from '../../contract/cdc-source.ts';
import type { ChangeRecord, Row } from './change.ts';
import type { Encodings } from './column.ts';
import { fieldsOf } from './connect-schema.ts';
import { readDocument } from './extended-json.ts';
import { isObject, type Json } from './lossless-json.ts';
import { parseWithSchema } from './record-text.ts';
import { pickKey, readRow } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Keys that stand beside the value: the record's own, and those of a delete-and-create pair. */
export interface KeyHints {
  readonly key: Row | undefined;
  readonly newKey: Row | undefined;
  readonly oldKey: Row | undefined;
}

/** Reads the record's key and the headers `__debezium.newkey` and `__debezium.oldkey`. */
export function keyHints(
  source: DebeziumSource,
  entity: Entity,
  record: ChangeRecord,
  encodings: Encodings,
): Read<KeyHints> {
  const [key, newKey, oldKey] = [
    record.key,
    record.headers?.['__debezium.newkey'],
    record.headers?.['__debezium.oldkey'],
  ].map(bytes => (bytes ? readKey(source, entity, bytes, encodings) : undefined));
  for (const read of [newKey, oldKey]) if (read instanceof Unreadable) return read;
  // A key that is no JSON (a stream's own partition key) is no hint; the row must then carry it.
  return {
    key: key instanceof Unreadable ? undefined : key,
    newKey: newKey as Row | undefined,
    oldKey: oldKey as Row | undefined,
  };
}

function readKey(
  source: DebeziumSource,
  entity: Entity,
  bytes: Uint8Array,
  encodings: Encodings,
): Read<Row | undefined> {
  const parsed = parseWithSchema(bytes);
  if (parsed instanceof Unreadable) return parsed;
  const { schema, payload } = parsed;
  if (!isObject(payload)) return new Unreadable('the key is not a JSON object');
  if (source.connector === 'mongodb') return readMongoKey(entity, payload.id, encodings);
  const read = readRow(payload, { entity, encodings, fields: schema && fieldsOf(schema) });
  return read instanceof Unreadable ? read : pickKey(entity, read.row);
}

/** `{"id": "<the _id as extended JSON>"}` */
function readMongoKey(entity: Entity, id: Json | undefined, encodings: Encodings): Read<Row | undefined> {
  if (typeof id !== 'string') return new Unreadable('the key’s `id` is not JSON text');
  const read = readDocument(`{"_id":${id}}`, entity, encodings);
  return read instanceof Unreadable ? read : pickKey(entity, read.row);
}
