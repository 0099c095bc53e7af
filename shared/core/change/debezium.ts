import type { DebeziumSource, Entity } from '../../contract/cdc-source.ts';
import { type Change, type ChangeRecord, type Operation, type Row, Skipped } from './change.ts';
import type { Encodings } from './column.ts';
import { cloudEventParts } from './debezium-cloudevent.ts';
import { envelopeParts } from './debezium-envelope.ts';
import { flattenedParts } from './debezium-flattened.ts';
import { readImages } from './debezium-images.ts';
import { type KeyHints, keyHints } from './debezium-key.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { debeziumPosition } from './debezium-position.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { parseRecord, splitSchema } from './record-text.ts';
import { pickKey } from './row.ts';
import { instantOf } from './time.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Decodes one record of a Debezium connector, in whichever form the source declares. */
export function decodeDebezium(source: DebeziumSource, record: ChangeRecord): Read<Change> | Skipped {
  const json = parseRecord(record.data);
  if (json instanceof Unreadable) return json;
  const { schema, payload } = splitSchema(json);
  if (payload === null) return new Skipped('tombstone');
  if (!isObject(payload)) return new Unreadable('the record is not a JSON object');
  const parts = partsOf(source, payload, schema);
  if (parts instanceof Unreadable || parts instanceof Skipped) return parts;
  if (parts.op === 'm') return new Skipped('log-message');
  return changeOf(source, record, parts);
}

function partsOf(
  source: DebeziumSource,
  payload: JsonObject,
  schema: JsonObject | undefined,
): Read<DebeziumParts> | Skipped {
  if (source.form === 'flattened') return flattenedParts(payload, schema);
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

type Rows = Pick<Change, 'key' | 'before' | 'after' | 'unavailable' | 'keyChange'>;

function rowsOf(
  source: DebeziumSource,
  entity: Entity,
  record: ChangeRecord,
  op: Operation,
  parts: DebeziumParts,
): Read<Rows> {
  if (op === 'truncate') return { key: {}, unavailable: [] };
  const encodings = encodingsOf(source);
  const hints = keyHints(source, entity, record, encodings);
  if (hints instanceof Unreadable) return hints;
  const images = readImages(source, entity, parts, hints.key, encodings);
  if (images instanceof Unreadable) return images;
  const key = pickKey(entity, images.after) ?? pickKey(entity, images.before) ?? hints.key;
  if (!key) return new Unreadable('the key’s columns are not in the record', 'MISSING_KEY');
  const missing = missingImage(op, images.before, images.after);
  if (missing) return missing;
  return { key, ...images, ...keyChangeOf(op, hints) };
}

/** A delete may come without its row (replica identity NOTHING); nothing else may. */
const missingImage = (op: Operation, _before?: Row, after?: Row): Unreadable | undefined =>
  op !== 'delete' && !after ? new Unreadable(`a ${op} without the row it made`) : undefined;

/** The headers of Debezium's delete-and-create pair; the row itself keeps its own key. */
function keyChangeOf(op: Operation, hints: KeyHints): Pick<Change, 'keyChange'> {
  if (op === 'delete' && hints.newKey) return { keyChange: { to: hints.newKey } };
  if (op !== 'delete' && hints.oldKey) return { keyChange: { from: hints.oldKey } };
  return {};
}

const encodingsOf = (source: DebeziumSource): Encodings => ({
  decimals: source.connector === 'mongodb' ? 'string' : (source.decimals ?? 'precise'),
  binary: source.binary ?? 'bytes',
});

/** Undefined where the record does not say and the contract names more than one. */
function entityName(source: DebeziumSource, block: SourceBlock): string | undefined {
  const table = block.text('table') ?? block.text('collection');
  const scope =
    source.connector === 'mysql' || source.connector === 'mariadb' || source.connector === 'mongodb';
  const owner = scope ? block.text('db') : block.text('schema');
  if (table && owner) return `${owner}.${table}`;
  const names = Object.keys(source.entities);
  const candidates = table ? names.filter(name => name.endsWith(`.${table}`)) : names;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** The database's time in its finest unit; a snapshot may have none (0), then the connector's. */
function timeOf(parts: DebeziumParts): Read<string> {
  const units = [
    ['ts_ns', 'nanos'],
    ['ts_us', 'micros'],
    ['ts_ms', 'millis'],
  ] as const;
  for (const [name, unit] of units) {
    const count = parts.block.text(name);
    if (count && /^\d+$/.test(count) && BigInt(count) > 0n) return instantOf(BigInt(count), unit);
  }
  const millis = parts.connectorMillis;
  return millis && /^\d+$/.test(millis)
    ? instantOf(BigInt(millis), 'millis')
    : new Unreadable('the record says no time');
}
