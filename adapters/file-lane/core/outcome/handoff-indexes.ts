import type { HandoffState } from './handoff.ts';

/**
 * The ledger's indexes of hand-offs. They hold keys alone: what does not change is written once, and chunks and claims, which
 * lack these attributes, are in none.
 */
export const handoffIndexes = {
  arrival: { name: 'by-arrival', partition: 'integration', sort: 'receivedAt' },
  state: { name: 'by-state', partition: 'inState', sort: 'receivedAt' },
  /** Left when the reconciler has compared a settled hand-off: it holds only what is still to be compared. */
  reconciliation: { name: 'by-reconciliation', partition: 'toReconcile', sort: 'receivedAt' },
  key: { name: 'by-key', partition: 'integration', sort: 'objectKey' },
} as const;

export type HandoffIndex = (typeof handoffIndexes)[keyof typeof handoffIndexes];

/** Value of `inState`. */
export const inState = (integration: string, state: HandoffState): string => `${integration}#${state}`;
