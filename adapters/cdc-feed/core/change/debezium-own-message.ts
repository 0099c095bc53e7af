import { Skipped } from './change.ts';
import type { JsonObject } from './lossless-json.ts';

/** Records of Debezium's own topics, which a stream of all topics carries too: transactions, DDL and heartbeats. */
export function ownMessage(payload: JsonObject): Skipped | undefined {
  const has = (...names: readonly string[]): boolean => names.every(name => Object.hasOwn(payload, name));
  if (has('status', 'id', 'event_count', 'data_collections')) return new Skipped('transaction-boundary');
  if (has('databaseName', 'ddl')) return new Skipped('schema-change');
  const names = Object.keys(payload);
  return names.length > 0 && names.every(name => /^ts_(?:ms|us|ns)$/.test(name))
    ? new Skipped('heartbeat')
    : undefined;
}
