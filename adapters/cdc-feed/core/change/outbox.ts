import type { CdcSource, OutboxColumns } from '../../contract/cdc-source.ts';
import { type Change, type Row, Skipped, type Value } from './change.ts';
import { parseDocument } from './plain-value.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Where the change's table is an outbox, reads the event that its row is; the deletes that tidy it up are skipped. */
export function withOutbox(source: CdcSource, change: Change): Read<Change> | Skipped {
  const columns = source.entities[change.entity]?.outbox;
  if (!columns) return change;
  if (change.op === 'delete' || change.op === 'truncate') return new Skipped('outbox-cleanup');
  if (change.op === 'update')
    return new Unreadable('an outbox row was updated; it is written once', 'UNKNOWN_OPERATION');
  return readEvent(columns, change);
}

function readEvent(columns: OutboxColumns, change: Change): Read<Change> {
  const row = change.after ?? {};
  const id = textIn(row, columns.id);
  if (id === undefined) return missing(columns.id);
  const aggregateType = textIn(row, columns.aggregateType);
  if (aggregateType === undefined) return missing(columns.aggregateType);
  const aggregateId = textIn(row, columns.aggregateId);
  if (aggregateId === undefined) return missing(columns.aggregateId);
  const type = textIn(row, columns.type);
  if (type === undefined) return missing(columns.type);
  const payload = payloadIn(row[columns.payload] ?? null);
  if (payload instanceof Unreadable) return payload.in(columns.payload);
  return { ...change, outbox: { id, aggregateType, aggregateId, type, payload } };
}

const missing = (column: string): Unreadable =>
  new Unreadable('the outbox row lacks it', 'UNDECODABLE_CHANGE', column);

function textIn(row: Row, column: string): string | undefined {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
}

/** JSON as text, unless the connector or the column's type has expanded it; null where the event has no payload. */
const payloadIn = (value: Value): Read<Value> => (typeof value === 'string' ? parseDocument(value) : value);
