import type { CapturedEntity } from './captured-entity.ts';
import { parseDocumentText, readDocument } from './extended-json.ts';
import type { ImagesReader } from './images.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { whole } from './row.ts';
import type { ReadRow, RowReaders } from './row-reader.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Documents as text; an update may carry only what it changed. */
export const readMongoImages: ImagesReader = (captured, parts, keyOf) => {
  const { entity, readers } = captured;
  const image = readText(parts.before, readers);
  if (image instanceof Unreadable) return image;
  const after = readText(parts.after, readers);
  if (after instanceof Unreadable) return after;
  const before = image && whole(entity, image.row);
  if (after) return { before, after: whole(entity, after.row), unavailable: [] };
  if (parts.op !== 'u' || !isObject(parts.updateDescription)) return { before, unavailable: [] };
  const changed = readChanged(parts.updateDescription, captured);
  if (changed instanceof Unreadable) return changed;
  return { before, after: { ...keyOf(), ...changed.row }, unavailable: changed.unavailable };
};

function readText(raw: Json, readers: RowReaders): Read<ReadRow | undefined> {
  if (raw === null) return undefined;
  return typeof raw === 'string' ? readDocument(raw, readers) : new Unreadable('a document that is not text');
}

/**
 * Top-level fields that were set or removed (null); all declared others are as they were. Of a field that was changed only
 * inside, the record says neither the old value nor the new one.
 */
function readChanged(description: JsonObject, { entity, readers }: CapturedEntity): Read<ReadRow> {
  const updated = updatedFields(description.updatedFields);
  if (updated instanceof Unreadable) return updated;
  const removed = textsIn(description.removedFields).map(name => [name, null] as const);
  const all = [...Object.entries(updated), ...removed];
  const inside = [...all.map(([path]) => path).filter(isPath), ...truncatedArrays(description)].find(path =>
    Object.hasOwn(entity.columns, topOf(path)),
  );
  if (inside) return changedInside.in(topOf(inside));
  const read = readers.bare(Object.fromEntries(all.filter(([path]) => !isPath(path))));
  if (read instanceof Unreadable) return read;
  const unavailable = Object.keys(entity.columns).filter(
    name => !Object.hasOwn(read.row, name) && !entity.key.includes(name),
  );
  return { row: read.row, unavailable };
}

const changedInside = new Unreadable(
  'only a part of it was changed, and the record does not carry the whole; set `capture.mode` to one that does (change_streams_update_full)',
  'UNAVAILABLE_VALUE',
);

const isPath = (name: string): boolean => name.includes('.');
const topOf = (path: string): string => path.split('.', 1).join('');

const updatedFields = (text: Json | undefined): Read<JsonObject> =>
  typeof text === 'string' ? parseDocumentText(text) : {};

const textsIn = (list: Json | undefined): string[] =>
  Array.isArray(list) ? list.filter(name => typeof name === 'string') : [];

/** `[{"field": …, "size": …}]`: arrays that were cut to a length. */
const truncatedArrays = ({ truncatedArrays: list }: JsonObject): string[] =>
  Array.isArray(list) ? textsIn(list.map(cut => (isObject(cut) ? (cut.field ?? null) : null))) : [];
