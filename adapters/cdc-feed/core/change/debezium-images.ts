import type { DebeziumSource, Entity } from '../../contract/cdc-source.ts';
import type { ImagesReader } from './images.ts';
import { isObject, type Json } from './lossless-json.ts';
import { readMongoImages } from './mongodb-images.ts';
import type { ReadRow, RowReader, Twin } from './row-reader.ts';
import { type Read, Unreadable } from './unreadable.ts';

export function imagesReader(source: DebeziumSource): ImagesReader {
  if (source.connector === 'mongodb') return readMongoImages;
  const hasWholeRow = (source.beforeImage ?? (source.connector === 'postgresql' ? 'key' : 'full')) === 'full';
  return ({ entity, readers }, parts) => {
    const [readBefore, readAfter] = [readers.of(parts.beforeFields), readers.of(parts.afterFields)];
    // Whatever stands in for the rest is neither published nor even readable: an empty text in a JSON column, say.
    const known = hasWholeRow ? parts.before : onlyKey(entity, parts.before);
    const before = readImage(known, readBefore);
    if (before instanceof Unreadable) return before;
    const twin = before && readBefore === readAfter && { raw: known as Twin['raw'], row: before.row };
    const after = readImage(parts.after, readAfter, twin || undefined);
    if (after instanceof Unreadable) return after;
    return { before: before?.row, after: after?.row, unavailable: (after ?? before)?.unavailable ?? none };
  };
}

const none: readonly string[] = [];

function onlyKey(entity: Entity, raw: Json): Json {
  if (!isObject(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([name]) => entity.key.includes(name)));
}

function readImage(raw: Json, read: RowReader, twin?: Twin): Read<ReadRow | undefined> {
  if (raw === null) return undefined;
  return isObject(raw) ? read(raw, twin) : new Unreadable('a row that is not a JSON object');
}
