import * as z from 'zod';
import type { EventContract } from '../contract/define-event.ts';
import { personalClass } from '../contract/pii.ts';

export interface JsonSchema {
  readonly $id?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly 'x-pii'?: string;
}

/**
 * The JSON Schema (2020-12 by default) of an event's `data`, for consumers. Personal fields have `x-pii`. Unknown properties
 * are allowed, because later releases add some. Formats are given by name, without zod's patterns for them.
 */
export function eventSchema(
  event: EventContract,
  target: 'draft-2020-12' | 'draft-04' = 'draft-2020-12',
): JsonSchema {
  const schema = z.toJSONSchema(event.schema, {
    target,
    override: ({ zodSchema, jsonSchema }) => {
      const kind = personalClass(zodSchema as unknown as z.ZodType);
      if (kind) (jsonSchema as Record<string, unknown>)['x-pii'] = kind;
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const { $schema, ...body } = schema;
  return { $schema, $id: event.type, description: event.summary, ...body } as JsonSchema;
}

/** The name of a released schema's file under `events/released/`. */
export const releasedName = (event: EventContract): string => `${event.type}.schema.json`;

/** The content of a released schema’s file. */
export const releasedText = (event: EventContract): string =>
  `${JSON.stringify(eventSchema(event), null, 2)}\n`;
