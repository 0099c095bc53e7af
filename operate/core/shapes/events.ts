import * as z from 'zod';
import { asked, count, instant, integration, next, pageOf } from './parts.ts';

const event = z.object({
  id: z.string(),
  type: z.string(),
  source: z.string(),
  integration,
  subject: z.string(),
  tenantid: z.string(),
  publishedAt: instant.meta({ description: 'When the bus took it, to the second' }),
  time: z.string().meta({ description: 'When it happened, as far as the source says' }),
  correlationid: z.string(),
  causationid: z.string(),
  traceparent: z.string(),
  sequence: z.string(),
  idempotencykey: z.string(),
  externalref: z.string(),
  rawref: z.string().meta({ description: 'Where the raw input is stored' }),
  rawhash: z.string(),
  dataschema: z.string(),
  object: z.string().meta({ description: 'The object of the bus log that holds it' }),
});

export type EventLine = z.infer<typeof event>;

const range = {
  from: asked
    .optional()
    .meta({ description: 'Published at this time or later. Default: an hour before `to`' }),
  to: asked.optional().meta({ description: 'Published before this time. Default: now' }),
};

export const eventsInput = z.strictObject({
  id: z.string().max(200).optional(),
  type: z.string().max(128).optional(),
  subject: z.string().max(1_024).optional(),
  correlationid: z.string().max(200).optional(),
  integration: integration.optional(),
  ...range,
  ...pageOf,
});

const searched = z
  .object({
    from: instant,
    to: instant,
    objects: count,
    bytes: count.meta({ description: 'Compressed bytes that were read for this page' }),
  })
  .meta({ description: 'What of the bus log was read for this page' });

export const eventCountsInput = z.strictObject({
  ...range,
  bucketSeconds: z.coerce
    .number()
    .int()
    .min(60)
    .max(86_400)
    .default(900)
    .meta({ description: 'Events are counted by spans of this length, from the start of the UTC day' }),
  cursor: pageOf.cursor,
});

const eventCount = z.object({
  integration,
  at: instant.meta({ description: 'When the span begins' }),
  events: count,
});

export const eventCountsOutput = z.object({
  counts: z.array(eventCount).meta({ description: 'Of this page. Those of all pages are added' }),
  searched,
  next,
});

export const eventsOutput = z.object({ events: z.array(event), searched, next });
