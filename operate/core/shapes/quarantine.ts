import * as z from 'zod';
import { instant, integration, next, pageOf } from './parts.ts';

const unit = z.object({
  integration,
  unit: z.enum(['row', 'request', 'change']),
  id: z.string(),
  place: z.string().meta({ description: 'Where in the input it is' }),
  at: instant.nullable().meta({ description: 'When it arrived' }),
  code: z.string(),
  class: z.string(),
  column: z.string().nullable(),
  detail: z.string(),
  remedy: z.string(),
  object: z.string().meta({ description: 'Key in the quarantine bucket' }),
});

export type QuarantinedUnit = z.infer<typeof unit>;

export const quarantineInput = z.strictObject({
  integration,
  code: z.string().max(64).optional(),
  id: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'A hand-off, a correlation id, or a sequence number' }),
  ...pageOf,
});

export const quarantineOutput = z.object({ units: z.array(unit), next });
