import type { DebeziumSource } from '../../contract/cdc-source.ts';
import { type Change, type ChangeRecord, type Operation, Skipped } from './change.ts';
import { cloudEventParts } from './debezium-cloudevent.ts';
import { entityName } from './debezium-entity.ts';
import { envelopeParts } from './debezium-envelope.ts';
import { flattenedParts } from './debezium-flattened.ts';
import { ownMessage } from './debezium-own-message.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { debeziumPosition } from './debezium-position.ts';
import { rowsOf } from './debezium-rows.ts';
import { timeOf } from './debezium-time.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { parseWithSchema } from './record-text.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Decodes one record of a Debezium connector, in whichever form the source declares. */
export function decodeDebezium(source: DebeziumSource, record: ChangeRecord): Read<Change> | Skipped {
  const parsed = parseWithSchema(record.data);
  if (parsed instanceof Unreadable) return parsed;
  const { schema, payload } = parsed;
  if (payload === null) return new Skipped('tombstone');
  if (!isObject(payload)) return new Unreadable('the record is not a JSON object');
  const parts = partsOf(source, record, payload, schema);
  if (parts instanceof Unreadable) return ownMessage(payload) ?? parts;
  if (parts.op === 'm') return new Skipped('log-message');
  return changeOf(source, record, parts);
}

function partsOf(
  source: DebeziumSource,
  record: ChangeRecord,
  payload: JsonObject,
  schema: JsonObject | undefined,
): Read<DebeziumParts> {
  if (source.form === 'flattened') return flattenedParts(payload, schema, record.headers);
  return source.form === 'cloudevents' ? cloudEventParts(payload) : envelopeParts(payload, schema);
}

const operations: Readonly<Record<string, Operation>> = {
  c: 'create',
  u: 'update',
  d: 'delete',
  r: 'read',
  t: 'truncate',
};

function changeOf(source: DebeziumSource, record: ChangeRecord, parts: DebeziumParts): Read<Change> {
  const name = entityName(source, parts.block);
  const entity =
    name !== undefined && Object.hasOwn(source.entities, name) ? source.entities[name] : undefined;
  if (!name || !entity) return new Unreadable('a table that the contract does not name', 'UNKNOWN_ENTITY');
  const letter = Object.hasOwn(operations, parts.op) ? operations[parts.op] : undefined;
  if (!letter) return new Unreadable('an operation that is not known', 'UNKNOWN_OPERATION');
  const snapshot = parts.block.isSnapshot || letter === 'read';
  const op = snapshot && letter === 'create' ? 'read' : letter;
  const position = debeziumPosition(source, parts.block, snapshot, record);
  if (position instanceof Unreadable) return position;
  const occurredAt = timeOf(parts);
  if (occurredAt instanceof Unreadable) return occurredAt;
  const rows = rowsOf(source, entity, record, op, parts);
  if (rows instanceof Unreadable) return rows;
  const transactionId = parts.block.text('txId') ?? parts.block.text('gtid') ?? parts.transactionId;
  return {
    entity: name,
    op,
    ...rows,
    position,
    occurredAt,
    snapshot,
    ...(transactionId && { transactionId }),
  };
}
