import type { CapturedEntity } from './captured-entity.ts';
import type { Row } from './change.ts';
import type { DebeziumParts } from './debezium-parts.ts';
import type { Read } from './unreadable.ts';

export interface Images {
  readonly before?: Row | undefined;
  readonly after?: Row | undefined;
  readonly unavailable: readonly string[];
}

/** Reads the row before and after, as far as the record carries them. `keyOf` tells the record's own key. */
export type ImagesReader = (
  captured: CapturedEntity,
  parts: DebeziumParts,
  keyOf: () => Row | undefined,
) => Read<Images>;
