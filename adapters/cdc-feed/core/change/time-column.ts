import type { ColumnType } from '../../contract/cdc-source.ts';
import type { Value } from './change.ts';
import { isObject, type Json } from './lossless-json.ts';
import { bigIntFrom, textOf } from './scalar.ts';
import { readStructured } from './structured-time.ts';
import { countsFinerUnit, dateOf, durationOf, instantOf, safeInstantOf, timeOfDay } from './time-count.ts';
import { canonicalDate, canonicalInstant, canonicalTime } from './time-text.ts';
import { type Read, Unreadable } from './unreadable.ts';

type TimeType = Extract<ColumnType, { kind: 'date' | 'time' | 'timestamp' | 'interval' }>;

/** Numbers count the declared unit; text is ISO or the database's own form; objects hold a time in its parts. */
export function readTime(type: TimeType, raw: Json): Read<Value> {
  if (typeof raw === 'string') return readWrittenTime(type, raw);
  if (isObject(raw)) return readStructured(type.kind, raw);
  if (type.kind === 'timestamp' && countsFinerUnit(Number(textOf(raw)), type.unit)) return finerUnit;
  if (type.kind === 'timestamp' && typeof raw === 'number' && raw !== 0) return safeInstantOf(raw, type.unit);
  const count = bigIntFrom(raw);
  if (count instanceof Unreadable) return new Unreadable(`not a ${type.kind}`);
  if (type.kind === 'time') return timeOfDay(count, type.unit);
  if (type.kind === 'interval') return durationOf(count, type.unit);
  if (type.epochIsNull && count === 0n) return null;
  return type.kind === 'date' ? dateOf(count) : instantOf(count, type.unit);
}

const finerUnit = new Unreadable(
  'a time beyond the year 9999 that would be one of our days in a finer unit; compare `time.precision.mode` and the column’s type with the unit in the contract',
);

const isoInterval =
  /^[+-]?P(?=T?[+-]?\d)(?:[+-]?\d+(?:[.,]\d+)?[YMWD])*(?:T(?:[+-]?\d+(?:[.,]\d+)?[HMS])+)?$/i;
const countOrUnit =
  /^(?:[+-]?\d[\d:.,+-]*|(?:year|yr|mon|month|week|day|hour|hr|min|minute|sec|second)s?|@|ago)$/i;

/** An ISO 8601 duration, or a database's own counts and units (`1 year 2 mons 03:04:05`), as it is. */
function writtenInterval(raw: string): Read<string> {
  const words = raw.trim().split(/\s+/);
  const isOwn = /\d/.test(raw) && words.every(word => countOrUnit.test(word));
  return isOwn || isoInterval.test(raw) ? raw : new Unreadable('not an interval');
}

function readWrittenTime(type: TimeType, raw: string): Read<Value> {
  if (type.kind === 'interval') return writtenInterval(raw);
  if (type.kind === 'time') return canonicalTime(raw);
  const value = type.kind === 'date' ? canonicalDate(raw) : canonicalInstant(raw);
  const epoch = type.kind === 'date' ? '1970-01-01' : '1970-01-01T00:00:00.000Z';
  return type.epochIsNull && value === epoch ? null : value;
}
