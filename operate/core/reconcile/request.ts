import * as z from 'zod';

/** Asks the reconciler to begin. `isAsked`: a person asks, so everything counts, however new it is. */
export const reconcileRequest = z.strictObject({
  kind: z.literal('edge.reconcile'),
  isAsked: z.boolean(),
});

export type ReconcileRequest = z.infer<typeof reconcileRequest>;

export const scheduledRequest: ReconcileRequest = { kind: 'edge.reconcile', isAsked: false };
export const askedRequest: ReconcileRequest = { kind: 'edge.reconcile', isAsked: true };
