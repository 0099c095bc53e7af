import * as z from 'zod';
import type { HandoffState } from '#adapters/file-lane/core/outcome/handoff.ts';
import { asked, count, faultText, instant, integration, next, pageOf, tally } from './parts.ts';

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
