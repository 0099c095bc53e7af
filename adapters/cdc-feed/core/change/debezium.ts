import type { DebeziumSource } from '../../contract/cdc-source.ts';
import { type CapturedEntity, type EntityFinder, entityFinder } from './captured-entity.ts';
import { type Change, type ChangeRecord, changeWith, type Operation, Skipped } from './change.ts';
import { cloudEventParts } from './debezium-cloudevent.ts';
import { entityNamer } from './debezium-entity.ts';
import { envelopeParts } from './debezium-envelope.ts';
import { flattenedParts } from './debezium-flattened.ts';
import { logPlaceReader } from './debezium-log-place.ts';
import { ownMessage, signalRow } from './debezium-own-message.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { placeReader } from './debezium-position.ts';
import { rowsReader } from './debezium-rows.ts';
import { timeOf } from './debezium-time.ts';
import type { Decoder } from './decoder.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { parseWithSchema } from './record-text.ts';
import { unavailableAs } from './unavailable.ts';
import { type Read, Unreadable } from './unreadable.ts';

const defaultPlaceholder = '__debezium_unavailable_value';

/** Decodes records of a Debezium connector, in whichever form the source declares. */
export function debeziumDecoder(source: DebeziumSource): Decoder {
  const partsOf = partsReader(source);
  const changeOf = changeReader(source);
  return record => {
    const parsed = parseWithSchema(record.data);
    if (parsed instanceof Unreadable) return parsed;
    const { schema, payload } = parsed;
    if (payload === null) return tombstone(source);
    if (!isObject(payload)) return new Unreadable('the record is not a JSON object');
    const parts = partsOf(record, payload, schema);
    if (parts instanceof Unreadable) return ownMessage(payload) ?? parts;
    return parts.op === 'm' ? new Skipped('log-message') : changeOf(record, parts);
  };
}

const tombstone = ({ form, flattenedDeletes }: DebeziumSource): Unreadable | Skipped =>
  form === 'flattened' && flattenedDeletes !== 'rewrite-with-tombstone'
    ? loneTombstone
    : new Skipped('tombstone');

/** Flattening leaves only the tombstone of a delete, unless it is set to rewrite deletes. */
const loneTombstone = new Unreadable(
  'a tombstone, which may be all that was left of a delete; set `delete.tombstone.handling.mode` to `rewrite`, or name `rewrite-with-tombstone` in the contract',
);

type PartsReader = (record: ChangeRecord, payload: JsonObject, schema?: JsonObject) => Read<DebeziumParts>;

function partsReader({ form }: DebeziumSource): PartsReader {
  if (form === 'flattened')
    return (record, payload, schema) => flattenedParts(payload, schema, record.headers);
  return form === 'cloudevents'
    ? (_record, payload) => cloudEventParts(payload)
    : (_record, payload, schema) => envelopeParts(payload, schema);
}

const operations: Readonly<Record<string, Operation>> = {
  c: 'create',
  u: 'update',
  d: 'delete',
  r: 'read',
  t: 'truncate',
};

function changeReader(
  source: DebeziumSource,
): (record: ChangeRecord, parts: DebeziumParts) => Read<Change> | Skipped {
  const find = finderOf(source);
  const nameOf = entityNamer(source);
  const placeOfRow = placeReader(source, 'row');
  const placeOfEvent = placeReader(source, 'outbox');
  const logPlaceOf = logPlaceReader(source);
  const rowsOf = rowsReader(source);
  return (record, parts) => {
    const { block } = parts;
    const target = targetOf(find(nameOf(block)), parts);
    if (target instanceof Skipped || target instanceof Unreadable) return target;
    const { entity, letter } = target;
    // A snapshot reads rows and nothing else: updates and deletes come from the log, whatever their block says.
    const snapshot = letter === 'read' || (letter === 'create' && block.isSnapshot);
    const op = snapshot && letter === 'create' ? 'read' : letter;
    const placeOf = entity.entity.outbox ? placeOfEvent : placeOfRow;
    const place = placeOf(block, snapshot, record);
    if (place instanceof Unreadable) return place;
    const occurredAt = timeOf(parts);
    if (occurredAt instanceof Unreadable) return occurredAt;
    const rows = rowsOf(entity, record, op, parts);
    if (rows instanceof Unreadable) return rows;
    const transactionId = block.text('txId') ?? block.text('gtid') ?? parts.transactionId;
    return changeWith(rows, {
      entity: entity.name,
      op,
      position: place.position,
      identity: place.identity,
      logPlace: snapshot ? undefined : logPlaceOf(block, record),
      occurredAt,
      snapshot,
      transactionId,
    });
  };
}

interface Target {
  readonly entity: CapturedEntity;
  readonly letter: Operation;
}

function targetOf(entity: ReturnType<EntityFinder>, parts: DebeziumParts): Read<Target> | Skipped {
  if (entity instanceof Skipped) return entity;
  if (entity instanceof Unreadable) return signalRow(parts) ?? entity;
  const { op } = parts;
  const letter = Object.hasOwn(operations, op) ? operations[op] : undefined;
  return letter ? { entity, letter } : new Unreadable('an operation that is not known', 'UNKNOWN_OPERATION');
}

function finderOf(source: DebeziumSource): EntityFinder {
  const { connector, decimals = 'precise', binary = 'bytes' } = source;
  if (connector === 'mongodb') return entityFinder(source, { decimals: 'string', binary });
  const placeholder = source.unavailableValue ?? defaultPlaceholder;
  return entityFinder(source, { decimals, binary }, unavailableAs(placeholder));
}
