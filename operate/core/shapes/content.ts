import * as z from 'zod';
import { integration, next } from './parts.ts';

const sorts = ['rows', 'unit', 'reject', 'event', 'raw'] as const;

export const contentInput = z.strictObject({
  integration,
  of: z.enum(sorts).meta({
    description:
      '`rows`: the rejected rows of a file, as its partner got them. `unit`: a quarantined request or change. `reject`: a rejected request. `event`: the data of an event. `raw`: what it was made of, as it came',
  }),
  id: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'Of the hand-off, unit, reject or event, as the lists give it' }),
  object: z
    .string()
    .max(1_024)
    .optional()
    .meta({ description: 'The object that the list names. Of `rows` there is one, which needs no name' }),
  cursor: z.string().max(4_096).optional().meta({ description: '`next` of the part before' }),
});

export const contentOutput = z.object({
  base64: z.string().meta({ description: 'The bytes as they are kept' }),
  next,
});
