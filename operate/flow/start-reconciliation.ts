import type { OutputOf } from '../core/operations.ts';
import { askedRequest } from '../core/reconcile/request.ts';
import type { Work } from './work.ts';

/** The reconciler begins in a moment. Its run shows when it is completed. */
export async function startReconciliation({ ports }: Work): Promise<OutputOf<'startReconciliation'>> {
  const requestedAt = new Date(ports.clock.now()).toISOString();
  await ports.reconciler.send([askedRequest]);
  return { requestedAt };
}
