import type { OutputOf } from '../core/operations.ts';
import type { Work } from './work.ts';

export async function readReconciliation({ ports }: Work): Promise<OutputOf<'readReconciliation'>> {
  const last = await ports.reconciliations.last();
  if (!last) return { last: null };
  const { completedAt = last.startedAt, failed, findings, ...rest } = last;
  return { last: { ...rest, completedAt, failed: [...failed], findings: [...findings] } };
}
