import * as z from 'zod';
import { defineEvent } from '#kit/event';

const count = z.int().min(0);

export const reconciliationCompleted = defineEvent({
  domain: 'edge',
  aggregate: 'reconciliation',
  name: 'completed',
  version: 1,
  category: 'process',
  owner: 'integration-platform',
  summary:
    'The reconciler compared the ledger with objects, acknowledgements and messages, and healed what was safe.',
  sla: { publishedWithinSeconds: 900 },
  retention: { archiveDays: 0 },
  schema: z.strictObject({
    startedAt: z.iso.datetime(),
    completedAt: z.iso.datetime(),
    /** What was compared, by result. */
    results: z.strictObject({
      matched: count,
      'external-success': count,
      'external-failure': count,
      unknown: count,
      impossible: count,
    }),
    /** Work that goes on, answers that are written again, files that are notified again, orphaned parts and finished dead letters that were removed. */
    healed: z.strictObject({
      resumed: count,
      acknowledged: count,
      notified: count,
      removedParts: count,
      removedLetters: count,
      /** Claims of files’ contents that were made again, or given free. None in events of older releases. */
      claims: count.optional(),
    }),
    /** Findings that people must look at. */
    needsPeople: count,
    /** Integrations that could not be compared, or not to the end. */
    failed: z.array(z.string()),
  }),
  aggregateId: ['startedAt'],
  example: {
    startedAt: '2026-11-20T12:00:00.000Z',
    completedAt: '2026-11-20T12:00:03.000Z',
    results: { matched: 41, 'external-success': 1, 'external-failure': 0, unknown: 2, impossible: 0 },
    healed: { resumed: 1, acknowledged: 0, notified: 1, removedParts: 0, removedLetters: 1, claims: 0 },
    needsPeople: 0,
    failed: [],
  },
});
