import type { DmsSource, Entity } from '../../contract/cdc-source.ts';
import type { CapturedEntity } from './captured-entity.ts';
import type { KeyChange, Operation, Row, RowChange, Value } from './change.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { pickKey, whole } from './row.ts';
import type { RowReaders, Twin } from './row-reader.ts';
import { type Read, Unreadable } from './unreadable.ts';

export interface DmsParts {
  readonly json: JsonObject;
  readonly metadata: JsonObject;
  readonly target: CapturedEntity;
  readonly op: Operation;
}

/** `data` is the row after an insert or update, and what is known of the row before a delete. */
export function dmsRows(source: DmsSource, { json, target, op }: DmsParts): Read<RowChange> {
  const { entity, readers } = target;
  const data = readData(readers, json.data);
  if (data instanceof Unreadable) return data;
  const image =
    source.beforeImage === undefined ? undefined : readData(readers, json[source.beforeImage], data);
  if (image instanceof Unreadable) return image;
  const key = pickKey(entity, data?.row) ?? (op === 'delete' ? pickKey(entity, image?.row) : undefined);
  if (!key) return new Unreadable('the key’s columns are not in the record', 'MISSING_KEY');
  if (op === 'delete') return { key, before: { ...known(data?.row), ...image?.row }, unavailable: [] };
  return {
    key,
    before: image && Object.keys(image.row).length > 0 ? image.row : undefined,
    after: source.nulls === 'written' ? (data?.row ?? {}) : whole(entity, data?.row ?? {}),
    unavailable: [],
    keyChange: keyChange(entity, key, image?.row),
  };
}

/** A null in a delete may stand for a value that the log does not carry; only what is there is known. */
const known = (row: Row | undefined): Row =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null));

/** The before-image holds the old key only where the key was changed, or whole rows. */
function keyChange(entity: Entity, key: Row, image: Row | undefined): KeyChange | undefined {
  if (!image) return undefined;
  const from: Record<string, Value> = {};
  for (const column of entity.key) setOwn(from, column, valueIn(image, column) ?? key[column]!);
  return entity.key.some(column => from[column] !== key[column]) ? { from } : undefined;
}

const valueIn = (row: Row, column: string): Value | undefined =>
  Object.hasOwn(row, column) ? row[column] : undefined;

function readData(readers: RowReaders, raw: Json | undefined, twin?: Twin): Read<Twin | undefined> {
  if (raw === undefined || raw === null) return undefined;
  if (!isObject(raw)) return new Unreadable('a row that is not a JSON object');
  const read = readers.bare(raw, twin);
  return read instanceof Unreadable ? read : { raw, row: read.row };
}
