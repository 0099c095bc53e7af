import type { DebeziumSource, Entity } from '../../contract/cdc-source.ts';
import type { Row } from './change.ts';
import type { Encodings } from './column.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { readMongoImages } from './mongodb-images.ts';
import { type ReadRow, readRow } from './row.ts';
import { unavailableAs } from './unavailable.ts';
import { type Read, Unreadable } from './unreadable.ts';

export interface Images {
  readonly before?: Row;
  readonly after?: Row;
  readonly unavailable: readonly string[];
}

export const defaultPlaceholder = '__debezium_unavailable_value';

/** The row before and after, as far as the record carries them. */
export function readImages(
  source: DebeziumSource,
  entity: Entity,
  parts: DebeziumParts,
  key: Row | undefined,
  encodings: Encodings,
): Read<Images> {
  if (source.connector === 'mongodb') return readMongoImages(entity, parts, key, encodings);
  const reading = {
    entity,
    encodings,
    isUnavailable: unavailableAs(source.unavailableValue ?? defaultPlaceholder),
  };
  // Whatever stands in for the rest is neither published nor even readable: an empty text in a JSON column, say.
  const known = beforeIsKey(source) ? onlyKey(entity, parts.before) : parts.before;
  const before = readImage(known, { ...reading, fields: parts.beforeFields });
  if (before instanceof Unreadable) return before;
  const after = readImage(parts.after, { ...reading, fields: parts.afterFields });
  if (after instanceof Unreadable) return after;
  return {
    ...(before && { before: before.row }),
    ...(after && { after: after.row }),
    unavailable: (after ?? before)?.unavailable ?? [],
  };
}

const beforeIsKey = (source: DebeziumSource): boolean =>
  (source.beforeImage ?? (source.connector === 'postgresql' ? 'key' : 'full')) === 'key';

function onlyKey(entity: Entity, raw: Json): Json {
  if (!isObject(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([name]) => entity.key.includes(name)));
}

function readImage(raw: Json, how: Parameters<typeof readRow>[1]): Read<ReadRow | undefined> {
  if (raw === null) return undefined;
  return isObject(raw) ? readRow(raw as JsonObject, how) : new Unreadable('a row that is not a JSON object');
}
