import * as z from 'zod';
import type {
  Awaited,
  HandoffState,
  ReconciliationResult,
} from '#adapters/file-lane/core/outcome/handoff.ts';
import { proofStates } from '../proof/proof.ts';
import { asked, count, faultText, instant, integration, next, pageOf, tally } from './parts.ts';

export const states = [
  'awaiting',
  'received',
  'processing',
  'settling',
  'complete',
  'partial',
  'rejected',
  'duplicate',
  'unbalanced',
] as const satisfies readonly HandoffState[];

const awaited = ['data', 'sidecar', 'manifest', 'signature'] as const satisfies readonly Awaited[];

const results = [
  'matched',
  'external-success',
  'external-failure',
  'unknown',
  'impossible',
] as const satisfies readonly ReconciliationResult[];

export const reconciliationResult = z.enum(results);

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
  awaiting: z
    .enum(awaited)
    .nullable()
    .meta({ description: 'What the file waits for before it is worked on' }),
  nextRetryAt: instant.nullable().meta({
    description:
      'When the work is tried again by itself. Null: it is worked on, or settled, or nothing tries it again',
  }),
  lateFor: instant.nullable().meta({ description: 'When the file was due, where it came later' }),
  lastReconciledAt: instant.nullable().meta({ description: 'When the reconciler compared it last' }),
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
  corrects: z.string().nullable().meta({ description: 'The hand-off whose rows it corrects or reprocesses' }),
  reprocessedBy: z
    .string()
    .nullable()
    .meta({ description: 'The hand-off that reprocessed its quarantined rows, or its file, last' }),
  progress: z.array(progress),
  quarantine: z
    .string()
    .nullable()
    .meta({ description: 'Key of the quarantine report, when rows are quarantined' }),
  stoppedAt: instant.nullable().meta({ description: 'When its message became a dead letter' }),
  reconciliation: z
    .object({ result: reconciliationResult, detail: z.string() })
    .nullable()
    .meta({ description: 'What the reconciler found last' }),
  proof: z
    .object({
      state: z.enum(proofStates),
      at: instant,
      claimed: count,
      onBus: count,
      missing: z.array(z.string()),
    })
    .nullable()
    .meta({
      description:
        'Whether the events that it claims to have published are on the bus, and the ids of those that were missing once. Null: not compared yet',
    }),
  advice: z.string().meta({ description: 'What to do now' }),
});

export type Story = z.infer<typeof storyOutput>;
