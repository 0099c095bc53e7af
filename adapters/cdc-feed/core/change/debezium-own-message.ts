import { Skipped } from './change.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { splitSchema } from './record-text.ts';

/**
 * Records of Debezium's own topics, which a stream of all topics carries too: transactions, DDL, notifications and heartbeats; as
 * they are, or as the `data` of a structured CloudEvent.
 */
export function ownMessage(payload: JsonObject): Skipped | undefined {
  const { data } = payload;
  const content = 'specversion' in payload && data !== undefined ? splitSchema(data).payload : payload;
  return isObject(content) ? ownContent(content) : undefined;
}

function ownContent(payload: JsonObject): Skipped | undefined {
  const has = (...names: readonly string[]): boolean => names.every(name => Object.hasOwn(payload, name));
  if (has('status', 'id', 'event_count', 'data_collections')) return new Skipped('transaction-boundary');
  if (has('databaseName', 'ddl')) return new Skipped('schema-change');
  if (has('id', 'aggregate_type', 'type', 'additional_data', 'timestamp')) return new Skipped('notification');
  const names = Object.keys(payload);
  return names.length > 0 && names.every(name => /^ts_(?:ms|us|ns)$/.test(name))
    ? new Skipped('heartbeat')
    : undefined;
}

/** Actions of Debezium's signals, and the marks that an incremental snapshot writes around each chunk. */
const signals: ReadonlySet<Json | undefined> = new Set([
  ...['execute-snapshot', 'stop-snapshot', 'pause-snapshot', 'resume-snapshot', 'schema-changes', 'log'],
  ...['snapshot-window-open', 'snapshot-window-close'],
]);

/**
 * A row of Debezium's signal table, whatever its name: an id, a signal's name and JSON. Of a deleted row the log may have the id
 * alone, which ends with the mark's name.
 */
export function signalRow({ before, after }: DebeziumParts): Skipped | undefined {
  const row = isObject(after) ? after : before;
  const [id, type, data, ...others] = isObject(row) ? Object.values(row) : [];
  if (typeof id !== 'string' || others.length > 0) return undefined;
  const isSignal = signals.has(type) && (data === null || (typeof data === 'string' && data.startsWith('{')));
  const isDeletedMark = type === null && data === null && /-(?:open|close)$/.test(id);
  return isSignal || isDeletedMark ? new Skipped('signal') : undefined;
}
