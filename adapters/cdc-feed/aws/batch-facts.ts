import type { BookChange } from '#shared/aws/book-change.ts';
import type { AuditDetails, AuditFact, AuditStep } from '#shared/core/audit/audit-fact.ts';
import { batchOf, batchSort } from './dynamo-books.ts';

/** What a change of the ledger says of a batch: what came, and what became of its records. Nothing for other items. */
export function batchFacts({ after, sk, id, at }: BookChange): readonly AuditFact[] {
  if (!after || sk !== batchSort) return [];
  const { integration, key, sha256, received, tally, again } = batchOf(after);
  const steps: readonly (readonly [AuditStep, AuditDetails])[] = [
    ['received', { sha256, received }],
    ['published', { sha256, ...tally }],
    ['acknowledged', { sha256, again }],
  ];
  return steps.map(([step, details]) => ({ step, integration, subject: key, at, change: id, details }));
}
