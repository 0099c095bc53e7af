import type { DmsSource, Entity } from '../../contract/cdc-source.ts';
import {
  type Change,
  type ChangeRecord,
  type Operation,
  type Position,
  type Row,
  Skipped,
} from './change.ts';
import { plainEncodings } from './column.ts';
import { isObject, type Json, JsonNumber, type JsonObject } from './lossless-json.ts';
import { parseRecord } from './record-text.ts';
import { pickKey, readRow, whole } from './row.ts';
import { int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
import { canonicalInstant } from './time.ts';
import { type Read, Unreadable } from './unreadable.ts';

const operations: Readonly<Record<string, Operation>> = {
  load: 'read',
  insert: 'create',
  update: 'update',
  delete: 'delete',
  'truncate-table': 'truncate',
};

/** Decodes a record that AWS DMS wrote to Kinesis or Kafka. Control records and DMS's own tables are skipped. */
export function decodeDms(source: DmsSource, record: ChangeRecord): Read<Change> | Skipped {
  const json = parseRecord(record.data);
  if (json instanceof Unreadable) return json;
  const metadata = isObject(json) ? json.metadata : undefined;
  if (!isObject(json) || !isObject(metadata)) return new Unreadable('no `metadata`: not a record of DMS');
  const table = String(metadata['table-name'] ?? '');
  if (table.startsWith('awsdms_')) return new Skipped('replication-table');
  const op = operationOf(metadata);
  if (!op || op instanceof Skipped)
    return op ?? new Unreadable('an operation that is not known', 'UNKNOWN_OPERATION');
  const name = `${String(metadata['schema-name'] ?? '')}.${table}`;
  const entity = Object.hasOwn(source.entities, name) ? source.entities[name] : undefined;
  if (!entity) return new Unreadable('a table that the contract does not name', 'UNKNOWN_ENTITY');
  return changeOf(source, record, { json, metadata, name, entity, op });
}

/** A truncate is a control record that changes data; all others only describe tables. */
function operationOf(metadata: JsonObject): Operation | Skipped | undefined {
  const operation = String(metadata.operation ?? '');
  const op = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  return metadata['record-type'] === 'control' && op !== 'truncate' ? new Skipped('control-record') : op;
}

interface DmsParts {
  readonly json: JsonObject;
  readonly metadata: JsonObject;
  readonly name: string;
  readonly entity: Entity;
  readonly op: Operation;
}

function changeOf(source: DmsSource, record: ChangeRecord, parts: DmsParts): Read<Change> {
  const { metadata, name, op } = parts;
  const written = instantIn(metadata.timestamp);
  const committed = instantIn(metadata['commit-timestamp']) ?? written;
  if (!written || !committed) return new Unreadable('no `timestamp`, or not one');
  const snapshot = op === 'read';
  const position = positionIn(source, metadata, written, snapshot, record);
  if (position instanceof Unreadable) return position;
  const rows = op === 'truncate' ? { key: {}, unavailable: [] } : rowsOf(source, parts);
  if (rows instanceof Unreadable) return rows;
  const transaction = textOf(metadata['transaction-id']);
  return {
    entity: name,
    op,
    ...rows,
    position,
    occurredAt: committed,
    snapshot,
    ...(transaction !== undefined && { transactionId: transaction }),
  };
}

type Rows = Pick<Change, 'key' | 'before' | 'after' | 'unavailable' | 'keyChange'>;

/** `data` is the row after an insert or update, and what is known of the row before a delete. */
function rowsOf(source: DmsSource, { json, entity, op }: DmsParts): Read<Rows> {
  const data = readData(json.data, entity);
  if (data instanceof Unreadable) return data;
  const image = source.beforeImage === undefined ? undefined : readData(json[source.beforeImage], entity);
  if (image instanceof Unreadable) return image;
  const key = pickKey(entity, data) ?? (op === 'delete' ? pickKey(entity, image) : undefined);
  if (!key) return new Unreadable('the key’s columns are not in the record', 'MISSING_KEY');
  if (op === 'delete') return { key, before: { ...known(data), ...image }, unavailable: [] };
  const before = image && Object.keys(image).length > 0 ? { before: image } : {};
  return {
    key,
    ...before,
    after: whole(entity, data ?? {}),
    unavailable: [],
    ...keyChange(entity, key, image),
  };
}

/** A null in a delete may stand for a value that the log does not carry; only what is there is known. */
const known = (row: Row | undefined): Row =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null));

/** The before-image holds the old key only where the key was changed, or whole rows. */
function keyChange(entity: Entity, key: Row, image: Row | undefined): Pick<Change, 'keyChange'> {
  const from = pickKey(entity, { ...key, ...known(image) });
  return from && entity.key.some(column => from[column] !== key[column]) ? { keyChange: { from } } : {};
}

function readData(raw: Json | undefined, entity: Entity): Read<Row | undefined> {
  if (raw === undefined || raw === null) return undefined;
  const read = isObject(raw)
    ? readRow(raw, { entity, encodings: plainEncodings })
    : new Unreadable('a row that is not a JSON object');
  return read instanceof Unreadable ? read : read.row;
}

/** DMS names no comparable log position: its own clock orders, then the stream, then the place in the transaction. */
function positionIn(
  source: DmsSource,
  metadata: JsonObject,
  written: string,
  snapshot: boolean,
  record: ChangeRecord,
): Read<Position> {
  const parts = [
    written.replace(/(\.\d+)Z$/, (_all, digits: string) => `${digits.padEnd(10, '0')}Z`),
    padded(record.streamSequence ?? '0', streamDigits),
    padded(textOf(metadata['transaction-record-id']) ?? '0', int64Digits),
  ];
  if (parts.includes(undefined)) return new Unreadable('the stream’s sequence number is not one');
  const fields = ['stream-position', 'transaction-id', 'transaction-record-id'].map(
    name => [name, textOf(metadata[name])] as const,
  );
  const present = fields.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return positionOf(source.epoch, snapshot, parts as string[], Object.fromEntries(present));
}

function instantIn(raw: Json | undefined): string | undefined {
  const instant = typeof raw === 'string' ? canonicalInstant(raw) : undefined;
  return typeof instant === 'string' && instant.endsWith('Z') ? instant : undefined;
}

function textOf(raw: Json | undefined): string | undefined {
  if (raw instanceof JsonNumber) return raw.text;
  return typeof raw === 'number' || typeof raw === 'string' ? String(raw) : undefined;
}
