import * as z from 'zod';
import { jsonOf } from '#shared/core/json-of.ts';

/** The attributes of a canonical event that operators see. Its `data` is not among them: see docs/guides/operate.md. */
const attributes = z.object({
  id: z.string(),
  type: z.string(),
  source: z.string(),
  subject: z.string(),
  time: z.string(),
  correlationid: z.string(),
  causationid: z.string(),
  traceparent: z.string(),
  processkey: z.string(),
  tenantid: z.string(),
  sequence: z.string(),
  idempotencykey: z.string(),
  externalref: z.string(),
  rawref: z.string(),
  rawhash: z.string(),
  ingestedat: z.string(),
  dataschema: z.string(),
});

/** A line of the bus log: an event as EventBridge delivers it. */
const line = z.object({
  time: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  detail: attributes,
});

/** An event of the bus log. */
export interface LoggedEvent extends z.infer<typeof attributes> {
  /** ISO 8601 UTC, to the second: when the bus took it. */
  readonly publishedAt: string;
  readonly integration: string;
}

/** Undefined for what is no canonical event: others may put events on the bus too. */
export function loggedEventOf(text: string): LoggedEvent | undefined {
  const read = line.safeParse(jsonOf(text));
  if (!read.success) return undefined;
  const { time, detail } = read.data;
  return { ...detail, publishedAt: time, integration: integrationIn(detail.processkey) };
}

/** A process key is the integration, and often a slash and more. */
const integrationIn = (processKey: string): string => processKey.split('/')[0] ?? '';
