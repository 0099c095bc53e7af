import type { DebeziumParts } from './debezium-parts.ts';
import type { SourceBlock } from './debezium-source-block.ts';
import { recordTime } from './record-time.ts';
import { instantOf, safeInstantOf } from './time-count.ts';
import { type Read, Unreadable } from './unreadable.ts';

const units = [
  ['ts_us', 'micros'],
  ['ts_ns', 'nanos'],
  ['ts_ms', 'millis'],
] as const;

/** The database's time, where it is told; otherwise the connector's. */
export function timeOf({ block, connectorMillis }: DebeziumParts): Read<string> {
  const time = databaseTime(block);
  if (time !== undefined) return time;
  return connectorMillis ? readCount(connectorMillis, 'millis') : new Unreadable('the record says no time');
}

/** No source knows it better than to the microsecond; a snapshot may have none (0). */
export function databaseTime(block: SourceBlock): Read<string> | undefined {
  for (const [name, unit] of units) {
    const count = block.text(name);
    if (count && count !== '0') return readCount(count, unit);
  }
  return undefined;
}

function readCount(count: string, unit: 'millis' | 'micros' | 'nanos'): Read<string> {
  if (!/^\d{1,20}$/.test(count)) return new Unreadable('the record’s time is not a number');
  const number = Number(count);
  return recordTime(
    Number.isSafeInteger(number) ? safeInstantOf(number, unit) : instantOf(BigInt(count), unit),
  );
}
