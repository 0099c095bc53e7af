import * as z from 'zod';
import type { HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { Kind } from '#shared/contract/kind.ts';
import { limits } from '#shared/contract/limits.ts';
import { type Outcome, outcomes } from '#shared/core/outcome/tally.ts';

/** What the operator's API takes and gives. Answers leave through these shapes: a field that is not named here stays inside. */

const kinds = ['file-lane', 'webhook-fence', 'cdc-feed'] as const satisfies readonly Kind[];

export const states = [
  'received',
  'processing',
  'settling',
  'complete',
  'partial',
  'rejected',
  'duplicate',
  'unbalanced',
] as const satisfies readonly HandoffState[];

const count = z.int().min(0);
const instant = z.iso.datetime();
/** As times are stored, so that they compare as text: in UTC with milliseconds. */
const asked = instant.transform(text => new Date(text).toISOString());
const integration = z.string().meta({ description: 'Id of an integration' });

/** Of a count that stops at a limit. */
const more = z.boolean().meta({ description: 'Whether there are more than were counted' });

const pageOf = {
  limit: z.coerce.number().int().min(1).max(limits.pageEntriesMax).default(limits.pageEntries),
  cursor: z.string().max(4_096).optional().meta({ description: '`next` of the page before' }),
};

const next = z.string().nullable().meta({
  description: 'Cursor of the next page; null: there is none. A page may be empty and have a next.',
});

export const tally = z.object(
  Object.fromEntries(outcomes.map(outcome => [outcome, count])) as Record<Outcome, typeof count>,
);

const faultText = z.object({ code: z.string(), detail: z.string(), remedy: z.string() });

const integrationState = z.object({
  id: integration,
  kind: z.enum(kinds),
  owner: z.string(),
  partner: z.string(),
  state: z.enum(['ok', 'attention', 'not-deployed']),
  attention: z.array(z.string()).meta({ description: 'Why it needs attention, a sentence each' }),
  unsettled: z
    .object({ count, more, oldestAt: instant.nullable() })
    .nullable()
    .meta({ description: 'Files in work. Null: the kind has none' }),
  books: z
    .object({ since: instant, handoffs: count, more, received: count, tally, balanced: z.boolean() })
    .nullable()
    .meta({ description: 'Settled files of the last 24 hours. Null: the kind has none' }),
  deadLetters: count.nullable(),
  undelivered: z.object({ count, more }).nullable(),
});

export type IntegrationState = z.infer<typeof integrationState>;

const handoff = z.object({
  id: z.string(),
  integration,
  file: z.string(),
  versionId: z.string().nullable(),
  state: z.enum(states),
  receivedAt: instant,
  settledAt: instant.nullable(),
  attempts: count,
  period: z.string().nullable(),
  duplicateOf: z.string().nullable(),
  received: count.nullable(),
  tally: tally.nullable(),
  fault: faultText.nullable(),
});

export type HandoffLine = z.infer<typeof handoff>;

export const handoffsInput = z.strictObject({
  integration,
  state: z.enum(states).optional(),
  name: z.string().max(1_024).optional().meta({ description: 'How the name of the file begins' }),
  from: asked.optional().meta({ description: 'Received at this time or later' }),
  to: asked.optional().meta({ description: 'Received before this time' }),
  ...pageOf,
});

export const handoffsOutput = z.object({ handoffs: z.array(handoff), next });

export const storyInput = z.strictObject({ id: z.string().max(200) });

const progress = z.object({
  pass: z.enum(['check', 'publish']),
  chunks: count,
  done: count,
  records: count,
  recordsDone: count,
  tally,
});

export const storyOutput = handoff.extend({
  key: z.string(),
  bytes: count.nullable(),
  sha256: z.string().nullable(),
  records: count.nullable(),
  ignoredColumns: z.array(z.string()),
  progress: z.array(progress),
  quarantine: z
    .string()
    .nullable()
    .meta({ description: 'Key of the quarantine report, when rows are quarantined' }),
  advice: z.string().meta({ description: 'What to do now' }),
});

export type Story = z.infer<typeof storyOutput>;

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

const reject = z.object({
  integration,
  id: z.string(),
  receivedAt: instant,
  reason: z.string(),
  method: z.string(),
  bytes: count,
  object: z.string(),
});

export type RejectLine = z.infer<typeof reject>;

export const rejectsInput = z.strictObject({
  integration,
  from: asked.optional().meta({ description: 'Received in the hour of this time or later' }),
  ...pageOf,
});

export const rejectsOutput = z.object({ rejects: z.array(reject), next });

const deadLetter = z.object({
  integration,
  messageId: z.string(),
  sentAt: instant,
  receives: count,
  about: z.string().meta({ description: 'The file, hand-off or delivery that it is about' }),
});

export const deadLettersInput = z.strictObject({ integration });

export const deadLettersOutput = z.object({ deadLetters: z.array(deadLetter), more });

const undelivered = z.object({
  integration,
  object: z.string(),
  shard: z.string().nullable().meta({ description: 'Null: Lambda did not write the object' }),
  failedAt: instant.nullable(),
  bytes: count,
});

export type UndeliveredLine = z.infer<typeof undelivered>;

export const undeliveredInput = z.strictObject({ integration, ...pageOf });

export const undeliveredOutput = z.object({ batches: z.array(undelivered), next });

export const integrationsInput = z.strictObject({});

export const integrationsOutput = z.object({ integrations: z.array(integrationState) });
