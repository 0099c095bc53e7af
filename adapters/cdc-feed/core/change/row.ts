import type { Entity } from '../../contract/cdc-source.ts';
import type { Row, Value } from './change.ts';
import { setOwn } from './own-property.ts';

/** The key's columns in declared order; undefined when one is missing or null. */
export function pickKey(entity: Entity, row: Row | undefined): Row | undefined {
  if (!row) return undefined;
  const key: Record<string, Value> = {};
  for (const column of entity.key) {
    const value = Object.hasOwn(row, column) ? row[column] : undefined;
    if (value === undefined || value === null) return undefined;
    setOwn(key, column, value);
  }
  return key;
}

/** A whole row: declared columns that the record leaves out are null, not unchanged. */
export function whole(entity: Entity, row: Row): Row {
  let complete: Record<string, Value> | undefined;
  for (const name in entity.columns)
    if (!Object.hasOwn(row, name)) {
      complete ??= { ...row };
      setOwn(complete, name, null);
    }
  return complete ?? row;
}
