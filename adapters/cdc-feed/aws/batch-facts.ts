import type { BookChange } from '#shared/aws/book-change.ts';
import type { AuditDetails, AuditFact, AuditStep } from '#shared/core/audit/audit-fact.ts';
import { publishedDetails } from '#shared/core/audit/published-events.ts';
import type { PublishedRecords } from '../core/feed/batch-entry.ts';
import { batchOf, batchSort, type KeptBatch } from './dynamo-books.ts';

/** What a change of the ledger says of a batch: what came, and what became of its records. Nothing for other items. */
export function batchFacts({ before, after, sk, id, at }: BookChange): readonly AuditFact[] {
  if (!after || sk !== batchSort) return [];
  const batch = batchOf(after);
  const { integration, key, sha256 } = batch;
  const was = before && stepsOf(batchOf(before));
  return Object.entries(stepsOf(batch)).map(([step, details]) => ({
    ...{ step: step as AuditStep, integration, subject: key, at, change: id },
    details: { sha256, ...details, ...asBefore(was?.[step as BatchStep]) },
  }));
}

type BatchStep = 'received' | 'published' | 'acknowledged';

const stepsOf = ({
  received,
  tally,
  again,
  published,
}: KeptBatch): Readonly<Record<BatchStep, AuditDetails>> => ({
  received: { received },
  published: { ...tally, ...eventsOf(published) },
  acknowledged: { again },
});

function eventsOf(published: PublishedRecords | undefined): AuditDetails {
  if (!published) return {};
  const { bytes, except } = published;
  return { ...publishedDetails(published), bytes, ...(except !== '' && { except }) };
}

/** Counts of the same batch when it came before, so that a reader counts it once. */
const asBefore = (details: AuditDetails = {}): AuditDetails =>
  Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) =>
      typeof value === 'number' ? [[`${name}Before`, value]] : [],
    ),
  );
