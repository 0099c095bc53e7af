import * as z from 'zod';
import { reconciliationResult } from './handoffs.ts';
import { count, instant, integration } from './parts.ts';

const finding = z.object({
  integration,
  about: z
    .string()
    .meta({ description: 'A hand-off, the key of an object, or the id of something that a provider has' }),
  result: reconciliationResult,
  detail: z.string(),
  needsPeople: z.boolean(),
});

const run = z.object({
  startedAt: instant,
  completedAt: instant,
  results: z.record(reconciliationResult, count).meta({ description: 'What was compared, by result' }),
  healed: z.object({
    resumed: count,
    acknowledged: count,
    notified: count,
    removedParts: count,
    removedLetters: count,
    claims: count.optional(),
  }),
  needsPeople: count,
  failed: z.array(z.string()).meta({ description: 'Integrations that were not compared to the end' }),
  findings: z.array(finding).meta({ description: 'What is not matched; those for people come first' }),
});

export const startReconciliationInput = z.strictObject({});
export const startReconciliationOutput = z.object({ requestedAt: instant });

export const reconciliationInput = z.strictObject({});
export const reconciliationOutput = z.object({
  last: run.nullable().meta({ description: 'The last run that was completed' }),
});

export type ReconciliationRun = z.infer<typeof run>;
