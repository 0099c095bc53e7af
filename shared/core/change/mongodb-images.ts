import type { Entity } from '../../contract/cdc-source.ts';
import type { Row } from './change.ts';
import type { Encodings } from './column.ts';
import type { Images } from './debezium-images.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import { parseDocumentText, readDocument } from './extended-json.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { type ReadRow, readRow, whole } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Documents as text; an update may carry only what it changed. */
export function readMongoImages(
  entity: Entity,
  parts: DebeziumParts,
  key: Row | undefined,
  encodings: Encodings,
): Read<Images> {
  const before = readText(parts.before, entity, encodings);
  if (before instanceof Unreadable) return before;
  const after = readText(parts.after, entity, encodings);
  if (after instanceof Unreadable) return after;
  const images = before ? { before: whole(entity, before.row) } : {};
  if (after) return { ...images, after: whole(entity, after.row), unavailable: [] };
  if (parts.op !== 'u' || !isObject(parts.updateDescription)) return { ...images, unavailable: [] };
  const changed = readChanged(parts.updateDescription, entity, encodings);
  if (changed instanceof Unreadable) return changed;
  return { ...images, after: { ...key, ...changed.row }, unavailable: changed.unavailable };
}

function readText(raw: Json, entity: Entity, encodings: Encodings): Read<ReadRow | undefined> {
  if (raw === null) return undefined;
  return typeof raw === 'string'
    ? readDocument(raw, entity, encodings)
    : new Unreadable('a document that is not text');
}

/** Top-level fields that were set or removed (null); all declared others, and those changed only inside, are not known. */
function readChanged(description: JsonObject, entity: Entity, encodings: Encodings): Read<ReadRow> {
  const { updatedFields, removedFields } = description;
  const updated = typeof updatedFields === 'string' ? parseDocumentText(updatedFields) : {};
  if (updated instanceof Unreadable) return updated;
  const removed = Array.isArray(removedFields)
    ? removedFields.filter(name => typeof name === 'string').map(name => [name, null] as const)
    : [];
  const all = [...Object.entries(updated), ...removed];
  const read = readRow(Object.fromEntries(all.filter(([name]) => !name.includes('.'))), {
    entity,
    encodings,
  });
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
