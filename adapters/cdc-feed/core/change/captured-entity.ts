import type { CdcSource, Entity } from '../../contract/cdc-source.ts';
import { tableFinder } from '../../contract/table-name.ts';
import { Skipped } from './change.ts';
import type { Encodings } from './column.ts';
import { RowReaders } from './row-reader.ts';
import type { IsUnavailable } from './unavailable.ts';
import { Unreadable } from './unreadable.ts';

/** An entity of the contract, with the readers of its rows. */
export interface CapturedEntity {
  readonly name: string;
  readonly entity: Entity;
  readonly readers: RowReaders;
}

/** Finds the entity of a table by the name that a record gives; one to skip, or one that the contract does not name. */
export type EntityFinder = (name: string | undefined) => CapturedEntity | Skipped | Unreadable;

/** A name goes before a pattern; then what is captured before what is skipped. */
export function entityFinder(
  { entities, skipTables = [] }: Pick<CdcSource, 'entities' | 'skipTables'>,
  encodings: Encodings,
  isUnavailable?: IsUnavailable,
): EntityFinder {
  const captured = tableFinder(
    Object.fromEntries(
      Object.entries(entities).map(([name, entity]) => [
        name,
        { name, entity, readers: new RowReaders(entity, encodings, isUnavailable) },
      ]),
    ),
  );
  const skipped = tableFinder(Object.fromEntries(skipTables.map(name => [name, skippedTable])));
  return name =>
    (name === undefined
      ? undefined
      : (captured.byName(name) ??
        skipped.byName(name) ??
        captured.byPattern(name) ??
        skipped.byPattern(name))) ?? unknownEntity(Object.keys(entities), name);
}

const skippedTable = new Skipped('skipped-table');

const namesToldMax = 20;

/** The name found, and those that the contract has: nearly always a schema, a capital or a prefix is amiss. */
function unknownEntity(names: readonly string[], name: string | undefined): Unreadable {
  const declared = names.slice(0, namesToldMax).join(', ');
  const found = name === undefined ? 'a table that the record does not name' : `${name.slice(0, 200)}`;
  return new Unreadable(`${found}; the contract names ${declared}`, 'UNKNOWN_ENTITY');
}
