import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import type { KnownIntegration } from './known-integration.ts';
import type { HandoffLine } from './shapes/handoffs.ts';

/** A hand-off as lists show it. */
export function handoffLine(handoff: HandoffSummary, { inPrefix = '' }: KnownIntegration): HandoffLine {
  const { object, fault } = handoff;
  return {
    id: handoff.id,
    integration: handoff.integration,
    file: fileOf(object.key, inPrefix),
    versionId: object.versionId ?? null,
    state: handoff.state,
    receivedAt: handoff.receivedAt,
    settledAt: handoff.settledAt ?? null,
    attempts: handoff.attempts,
    period: handoff.period ?? null,
    duplicateOf: handoff.duplicateOf ?? null,
    received: handoff.received ?? null,
    tally: handoff.tally ?? null,
    awaiting: handoff.awaiting ?? null,
    nextRetryAt: handoff.nextRetryAt ?? null,
    lastReconciledAt: handoff.lastReconciledAt ?? null,
    fault: fault ? { code: fault.code, detail: fault.detail, remedy: fault.remedy } : null,
  };
}

const fileOf = (key: string, inPrefix: string): string =>
  key.startsWith(inPrefix) ? key.slice(inPrefix.length) : key;
