import { plainItem } from './attribute-value.ts';
import type { CapturedEntity } from './captured-entity.ts';
import type { Operation, RowChange } from './change.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { pickKey, whole } from './row.ts';
import type { RowReaders, Twin } from './row-reader.ts';
import { type Read, Unreadable } from './unreadable.ts';

export function itemImages(
  { entity, readers }: CapturedEntity,
  stream: JsonObject,
  op: Operation,
): Read<RowChange> {
  const keys = readItem(readers, stream.Keys);
  if (keys instanceof Unreadable) return keys;
  const before = readItem(readers, stream.OldImage);
  if (before instanceof Unreadable) return before;
  const after = readItem(readers, stream.NewImage, before);
  if (after instanceof Unreadable) return after;
  const key = pickKey(entity, (keys ?? after ?? before)?.row);
  if (!key) return new Unreadable('the key’s attributes are not in the record', 'MISSING_KEY');
  if (op !== 'delete' && !after)
    return new Unreadable('no NewImage; set the stream’s view to NEW_AND_OLD_IMAGES');
  return {
    key,
    before: before && whole(entity, before.row),
    after: after && whole(entity, after.row),
    unavailable: [],
  };
}

function readItem(readers: RowReaders, item: Json | undefined, twin?: Twin): Read<Twin | undefined> {
  if (item === undefined || item === null) return undefined;
  const raw = isObject(item) ? plainItem(item) : new Unreadable('an image that is not an item');
  if (raw instanceof Unreadable) return raw;
  const read = readers.bare(raw, twin);
  return read instanceof Unreadable ? read : { raw, row: read.row };
}
