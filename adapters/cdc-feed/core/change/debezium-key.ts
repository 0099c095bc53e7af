import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { CapturedEntity } from './captured-entity.ts';
import type { Row } from './change.ts';
import { fieldsOf } from './connect-schema.ts';
import { readDocument } from './extended-json.ts';
import { isObject, type Json } from './lossless-json.ts';
import { parseWithSchema } from './record-text.ts';
import { pickKey } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Reads a key that stands beside the value: the record's own, or one in a header. */
export function readKey(
  source: DebeziumSource,
  captured: CapturedEntity,
  bytes: Uint8Array,
): Read<Row | undefined> {
  const parsed = parseWithSchema(bytes);
  if (parsed instanceof Unreadable) return parsed;
  const { schema, payload } = parsed;
  if (!isObject(payload)) return new Unreadable('the key is not a JSON object');
  if (source.connector === 'mongodb') return readMongoKey(captured, payload.id);
  const read = captured.readers.of(schema && fieldsOf(schema))(payload);
  return read instanceof Unreadable ? read : pickKey(captured.entity, read.row);
}

/** `{"id": "<the _id as extended JSON>"}` */
function readMongoKey({ entity, readers }: CapturedEntity, id: Json | undefined): Read<Row | undefined> {
  if (typeof id !== 'string') return new Unreadable('the key’s `id` is not JSON text');
  const read = readDocument(`{"_id":${id}}`, readers);
  return read instanceof Unreadable ? read : pickKey(entity, read.row);
}
