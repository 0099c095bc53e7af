import type { DmsSource } from '../../contract/cdc-source.ts';
import { entityFinder } from './captured-entity.ts';
import { type Change, type ChangeRecord, changeWith, type Operation, Skipped } from './change.ts';
import type { Decoder } from './decoder.ts';
import { dmsIdentity, dmsLogPlace, dmsPosition } from './dms-position.ts';
import { type DmsParts, dmsRows } from './dms-rows.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { parseRecord } from './record-text.ts';
import { recordTime } from './record-time.ts';
import { textOf } from './scalar.ts';
import { canonicalInstant } from './time-text.ts';
import { type Read, Unreadable } from './unreadable.ts';

const operations: Readonly<Record<string, Operation>> = {
  load: 'read',
  insert: 'create',
  update: 'update',
  delete: 'delete',
  'truncate-table': 'truncate',
};

/** Decodes records that AWS DMS wrote to Kinesis or Kafka. Control records and DMS's own tables are skipped. */
export function dmsDecoder(source: DmsSource): Decoder {
  const find = entityFinder(source, {
    decimals: 'string',
    binary: source.binary ?? 'base64',
  });
  return record => {
    const json = parseRecord(record.data);
    if (json instanceof Unreadable) return json;
    const metadata = isObject(json) ? json.metadata : undefined;
    if (!isObject(json) || !isObject(metadata)) return new Unreadable('no `metadata`: not a record of DMS');
    const table = textOf(metadata['table-name']) ?? '';
    if (table.startsWith('awsdms_')) return new Skipped('replication-table');
    const op = operationOf(metadata);
    if (!op || op instanceof Skipped)
      return op ?? new Unreadable('an operation that is not known', 'UNKNOWN_OPERATION');
    const name = `${textOf(metadata['schema-name']) ?? ''}.${table}`;
    const target = find(name);
    return target instanceof Skipped || target instanceof Unreadable
      ? target
      : changeOf(source, record, { json, metadata, target, op });
  };
}

/** A truncate is a control record that changes data; all others only describe tables. */
function operationOf(metadata: JsonObject): Operation | Skipped | undefined {
  const operation = textOf(metadata.operation) ?? '';
  const op = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  return metadata['record-type'] === 'control' && op !== 'truncate' ? new Skipped('control-record') : op;
}

function changeOf(source: DmsSource, record: ChangeRecord, parts: DmsParts): Read<Change> {
  const { metadata, target, op } = parts;
  const written = instantIn(metadata.timestamp);
  const committed = instantIn(metadata['commit-timestamp']) ?? written;
  if (!written || !committed) return new Unreadable('no `timestamp`, or not one');
  const snapshot = op === 'read';
  const isOutbox = target.entity.outbox !== undefined;
  const place = { metadata, written, snapshot, isOutbox };
  const position = dmsPosition(source, record, place);
  if (position instanceof Unreadable) return position;
  const rows = op === 'truncate' ? { key: {}, unavailable: [] } : dmsRows(source, parts);
  if (rows instanceof Unreadable) return rows;
  const transactionId = textOf(metadata['transaction-id']);
  return changeWith(rows, {
    entity: target.name,
    op,
    position,
    identity: snapshot ? undefined : dmsIdentity(source, metadata),
    logPlace: dmsLogPlace(record, place),
    occurredAt: committed,
    snapshot,
    transactionId,
  });
}

function instantIn(raw: Json | undefined): string | undefined {
  const instant = typeof raw === 'string' ? canonicalInstant(raw) : undefined;
  const time = typeof instant === 'string' ? recordTime(instant) : undefined;
  return typeof time === 'string' ? time : undefined;
}
