import type { Entity } from '../../contract/cdc-source.ts';
import type { Encodings } from './column.ts';
import { RowReaders } from './row-reader.ts';
import type { IsUnavailable } from './unavailable.ts';

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
