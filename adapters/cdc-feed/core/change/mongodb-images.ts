import type { CapturedEntity } from './captured-entity.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { parseDocumentText } from './extended-json.ts';
import type { ImagesReader } from './images.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { type DocumentDelta, patched, topOf } from './mongodb-patch.ts';
import { whole } from './row.ts';
import type { ReadRow } from './row-reader.ts';
import { textOf } from './scalar.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Documents as text; an update may carry only what it changed. */
export const readMongoImages: ImagesReader = (captured, parts, keyOf) => {
  const { entity, readers } = captured;
  const document = documentIn(parts.before);
  if (document instanceof Unreadable) return document;
  const image = document && readers.bare(document);
  if (image instanceof Unreadable) return image;
  const after = parts.after === null ? patchedAfter(captured, document, parts) : documentIn(parts.after);
  if (after instanceof Unreadable) return after;
  const before = image && whole(entity, image.row);
  if (after) {
    const read = readers.bare(after);
    return read instanceof Unreadable ? read : { before, after: whole(entity, read.row), unavailable: [] };
  }
  if (parts.op !== 'u' || !isObject(parts.updateDescription)) return { before, unavailable: [] };
  const changed = readChanged(parts.updateDescription, captured);
  if (changed instanceof Unreadable) return changed;
  return { before, after: { ...keyOf(), ...changed.row }, unavailable: changed.unavailable };
};

function documentIn(raw: Json): Read<JsonObject | undefined> {
  if (raw === null) return undefined;
  return typeof raw === 'string' ? parseDocumentText(raw) : new Unreadable('a document that is not text');
}

/** The document before (`capture.mode` with pre-images), with what the update changed in it. */
function patchedAfter(
  { entity }: CapturedEntity,
  document: JsonObject | undefined,
  { op, updateDescription }: DebeziumParts,
): Read<JsonObject | undefined> {
  if (!document || op !== 'u' || !isObject(updateDescription)) return undefined;
  const delta = deltaIn(updateDescription);
  return delta instanceof Unreadable
    ? delta
    : patched(document, delta, field => Object.hasOwn(entity.columns, field));
}

function deltaIn(description: JsonObject): Read<DocumentDelta> {
  const { updatedFields: text, truncatedArrays: cut, removedFields } = description;
  const updated = typeof text === 'string' ? parseDocumentText(text) : {};
  if (updated instanceof Unreadable) return updated;
  return {
    updated,
    removed: textsIn(removedFields),
    truncated: Array.isArray(cut) ? cut.filter(isObject) : [],
  };
}

/**
 * Top-level fields that were set or removed (null); all declared others are as they were. Of a field that was changed only
 * inside, a record without the document before says neither the old value nor the new one.
 */
function readChanged(description: JsonObject, { entity, readers }: CapturedEntity): Read<ReadRow> {
  const delta = deltaIn(description);
  if (delta instanceof Unreadable) return delta;
  const removed = delta.removed.map(name => [name, null] as const);
  const all = [...Object.entries(delta.updated), ...removed];
  const cut = delta.truncated.map(({ field }) => textOf(field) ?? '');
  const inside = [...all.map(([path]) => path).filter(isPath), ...cut].find(path =>
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
  'only a part of it was changed, and the record carries neither the whole nor the document before; set `capture.mode` to one that does (change_streams_update_full)',
  'UNAVAILABLE_VALUE',
);

const isPath = (name: string): boolean => name.includes('.');

const textsIn = (list: Json | undefined): string[] =>
  Array.isArray(list) ? list.filter(name => typeof name === 'string') : [];
