import type { DebeziumParts } from './debezium-parts.ts';
import { recordTime } from './record-time.ts';
import { instantOf, safeInstantOf } from './time-count.ts';
import { type Read, Unreadable } from './unreadable.ts';

const units = [
  ['ts_us', 'micros'],
  ['ts_ns', 'nanos'],
  ['ts_ms', 'millis'],
] as const;

/** The database's time, which no source knows better than to the microsecond; a snapshot may have none (0), then the connector's. */
export function timeOf({ block, connectorMillis }: DebeziumParts): Read<string> {
  for (const [name, unit] of units) {
    const count = block.text(name);
    if (count && count !== '0') return readCount(count, unit);
  }
  return connectorMillis ? readCount(connectorMillis, 'millis') : new Unreadable('the record says no time');
}

function readCount(count: string, unit: 'millis' | 'micros' | 'nanos'): Read<string> {
  if (!/^\d{1,20}$/.test(count)) return new Unreadable('the record’s time is not a number');
  const number = Number(count);
  return recordTime(
    Number.isSafeInteger(number) ? safeInstantOf(number, unit) : instantOf(BigInt(count), unit),
  );
}
