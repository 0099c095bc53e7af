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
  const texts = ['id', 'aggregateType', 'aggregateId', 'type'] as const;
  for (const part of texts)
    if (textIn(row, columns[part]) === undefined)
      return new Unreadable('the outbox row lacks it', 'UNDECODABLE_CHANGE', columns[part]);
  const payload = payloadIn(row[columns.payload] ?? null);
  if (payload instanceof Unreadable) return payload.in(columns.payload);
  const [id, aggregateType, aggregateId, type] = texts.map(part => textIn(row, columns[part])!);
  return {
    ...change,
    outbox: { id: id!, aggregateType: aggregateType!, aggregateId: aggregateId!, type: type!, payload },
  };
}

function textIn(row: Row, column: string): string | undefined {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
}

/** JSON as text, unless the connector or the column's type has expanded it; null where the event has no payload. */
const payloadIn = (value: Value): Read<Value> => (typeof value === 'string' ? parseDocument(value) : value);
