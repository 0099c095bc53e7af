import type { BookChange } from '#shared/aws/book-change.ts';
import type { Item } from '#shared/aws/dynamo-table.ts';
import type { AuditDetails, AuditFact, AuditStep } from '#shared/core/audit/audit-fact.ts';
import { publishedDetails } from '#shared/core/audit/published-events.ts';
import type { PublishedRecords } from '../core/feed/batch-entry.ts';
import { batchOf, batchSort } from './dynamo-books.ts';

/** What a change of the ledger says of a batch: what came, and what became of its records. Nothing for other items. */
export function batchFacts({ before, after, sk, id, at }: BookChange): readonly AuditFact[] {
  if (!after || sk !== batchSort) return [];
  const { integration, key } = batchOf(after);
  const was = before && stepsOf(before);
  return Object.entries(stepsOf(after)).map(([step, details]) => ({
    ...{ step: step as AuditStep, integration, subject: key, at, change: id },
    details: { sha256: batchOf(after).sha256, ...details, ...asBefore(was?.[step as BatchStep]) },
  }));
}

type BatchStep = 'received' | 'published' | 'acknowledged';

function stepsOf(item: Item): Readonly<Record<BatchStep, AuditDetails>> {
  const { received, tally, again, published } = batchOf(item);
  return {
    received: { received },
    published: { ...tally, ...eventsOf(published) },
    acknowledged: { again },
  };
}

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
