import { reconciliationCompleted } from '#events/edge/reconciliation-completed.v1.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { operationalEvent } from '#shared/core/operational/operational-event.ts';
import type { Run } from './run.ts';

/** The reconciler speaks for the suite, not for an integration. */
const reconciler = {
  id: 'edge-reconciler',
  schemaVersion: '1',
  trust: 'authoritative',
  tenant: { constant: 'edge' },
} as const;

export function completedEntry({ findings: _, ...run }: Run): BusEntry {
  const { startedAt, completedAt = startedAt, failed, ...counts } = run;
  const correlationId = `${reconciler.id}.${startedAt}`;
  return operationalEvent(
    reconciliationCompleted,
    { ...counts, startedAt, completedAt, failed: [...failed] },
    {
      contract: reconciler,
      about: startedAt,
      trace: {
        correlationId,
        causationId: correlationId,
        traceparent: traceparentOf(correlationId),
        processKey: correlationId,
        ingestedAt: startedAt,
      },
      externalRef: '',
      rawRef: '',
      rawHash: '',
      time: completedAt,
    },
  );
}
