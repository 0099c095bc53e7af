import type { CapturedEntity } from './captured-entity.ts';
import type { ImagesReader } from './debezium-images.ts';
import { parseDocumentText, readDocument } from './extended-json.ts';
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

/** Top-level fields that were set or removed (null); all declared others, and those changed only inside, are not known. */
function readChanged(description: JsonObject, { entity, readers }: CapturedEntity): Read<ReadRow> {
  const { updatedFields, removedFields } = description;
  const updated = typeof updatedFields === 'string' ? parseDocumentText(updatedFields) : {};
  if (updated instanceof Unreadable) return updated;
  const removed = Array.isArray(removedFields)
    ? removedFields.filter(name => typeof name === 'string').map(name => [name, null] as const)
    : [];
  const all = [...Object.entries(updated), ...removed];
  const read = readers.bare(Object.fromEntries(all.filter(([name]) => !name.includes('.'))));
  if (read instanceof Unreadable) return read;
  const inside = all
    .map(([name]) => name)
    .filter(name => name.includes('.'))
    .map(name => name.split('.')[0]!);
  const unknown = [...Object.keys(entity.columns), ...inside].filter(
    name => !Object.hasOwn(read.row, name) && !entity.key.includes(name),
  );
  return { row: read.row, unavailable: [...new Set(unknown)] };
}
