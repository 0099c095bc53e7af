import type { DmsSource, Entity } from '../../contract/cdc-source.ts';
import type { Change, Operation, Row } from './change.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { pickKey, readRow, whole } from './row.ts';
import { type Read, Unreadable } from './unreadable.ts';

export interface DmsParts {
  readonly json: JsonObject;
  readonly metadata: JsonObject;
  readonly name: string;
  readonly entity: Entity;
  readonly op: Operation;
}

type Rows = Pick<Change, 'key' | 'before' | 'after' | 'unavailable' | 'keyChange'>;

/** `data` is the row after an insert or update, and what is known of the row before a delete. */
export function dmsRows(source: DmsSource, { json, entity, op }: DmsParts): Read<Rows> {
  const data = readData(source, entity, json.data);
  if (data instanceof Unreadable) return data;
  const image =
    source.beforeImage === undefined ? undefined : readData(source, entity, json[source.beforeImage]);
  if (image instanceof Unreadable) return image;
  const key = pickKey(entity, data) ?? (op === 'delete' ? pickKey(entity, image) : undefined);
  if (!key) return new Unreadable('the key’s columns are not in the record', 'MISSING_KEY');
  if (op === 'delete') return { key, before: { ...known(data), ...image }, unavailable: [] };
  const before = image && Object.keys(image).length > 0 ? { before: image } : {};
  return {
    key,
    ...before,
    after: whole(entity, data ?? {}),
    unavailable: [],
    ...keyChange(entity, key, image),
  };
}

/** A null in a delete may stand for a value that the log does not carry; only what is there is known. */
const known = (row: Row | undefined): Row =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null));

/** The before-image holds the old key only where the key was changed, or whole rows. */
function keyChange(entity: Entity, key: Row, image: Row | undefined): Pick<Change, 'keyChange'> {
  const from = pickKey(entity, { ...key, ...known(image) });
  return from && entity.key.some(column => from[column] !== key[column]) ? { keyChange: { from } } : {};
}

function readData(source: DmsSource, entity: Entity, raw: Json | undefined): Read<Row | undefined> {
  if (raw === undefined || raw === null) return undefined;
  const read = isObject(raw)
    ? readRow(raw, { entity, encodings: { decimals: 'string', binary: source.binary ?? 'base64' } })
    : new Unreadable('a row that is not a JSON object');
  return read instanceof Unreadable ? read : read.row;
}
