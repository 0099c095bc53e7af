import type { Entity } from '../../contract/cdc-source.ts';
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

/** A source's entities by name. */
export type CapturedEntities = ReadonlyMap<string, CapturedEntity>;

export const capturedEntities = (
  entities: Readonly<Record<string, Entity>>,
  encodings: Encodings,
  isUnavailable?: IsUnavailable,
): CapturedEntities =>
  new Map(
    Object.entries(entities).map(([name, entity]) => [
      name,
      { name, entity, readers: new RowReaders(entity, encodings, isUnavailable) },
    ]),
  );

const namesToldMax = 20;

/** The name found, and those that the contract has: nearly always a schema, a capital or a prefix is amiss. */
export function unknownEntity(captured: CapturedEntities, name: string | undefined): Unreadable {
  const declared = [...captured.keys()].slice(0, namesToldMax).join(', ');
  const found = name === undefined ? 'a table that the record does not name' : `${name.slice(0, 200)}`;
  return new Unreadable(`${found}; the contract names ${declared}`, 'UNKNOWN_ENTITY');
}
