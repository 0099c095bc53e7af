import type { Entity } from '../../contract/cdc-source.ts';
import { plainItem } from './attribute-value.ts';
import type { Change, Operation, Row } from './change.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { pickKey, readRow, whole } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Numbers are written as such, bytes as base64. */
const encodings = { decimals: 'string', binary: 'base64' } as const;

type Images = Pick<Change, 'key' | 'before' | 'after' | 'unavailable'>;

export function itemImages(entity: Entity, stream: JsonObject, op: Operation): Read<Images> {
  const keys = readItem(entity, stream.Keys);
  const before = readItem(entity, stream.OldImage);
  const after = readItem(entity, stream.NewImage);
  if (keys instanceof Unreadable) return keys;
  if (before instanceof Unreadable) return before;
  if (after instanceof Unreadable) return after;
  const key = pickKey(entity, keys ?? after ?? before);
  if (!key) return new Unreadable('the key’s attributes are not in the record', 'MISSING_KEY');
  if (op !== 'delete' && !after)
    return new Unreadable('no NewImage; set the stream’s view to NEW_AND_OLD_IMAGES');
  return {
    key,
    ...(before && { before: whole(entity, before) }),
    ...(after && { after: whole(entity, after) }),
    unavailable: [],
  };
}

function readItem(entity: Entity, item: Json | undefined): Read<Row | undefined> {
  if (item === undefined || item === null) return undefined;
  const plain = isObject(item) ? plainItem(item) : new Unreadable('an image that is not an item');
  if (plain instanceof Unreadable) return plain;
  const read = readRow(plain, { entity, encodings });
  return read instanceof Unreadable ? read : read.row;
}
