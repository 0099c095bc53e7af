import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { BookChange } from '#shared/aws/book-change.ts';
import type { Item } from '#shared/aws/dynamo-table.ts';
import type { AuditDetails, AuditFact, AuditStep } from '#shared/core/audit/audit-fact.ts';
import { publishedDetails } from '#shared/core/audit/published-events.ts';
import type { Remembered } from '../core/webhook/remembered.ts';

/**
 * What a change of the claims says of a delivery: that it came, and how it ended. The subject is the delivery's hashed name, and the
 * payload its hash, as Powertools stores them. Nothing for other claims.
 */
export function deliveryFacts(change: BookChange): readonly AuditFact[] {
  const { before, after } = change;
  if (!after || after.validation === undefined) return [];
  const payload = String(after.validation);
  const ended = rememberedIn(after);
  const was = before && rememberedIn(before);
  const steps: [AuditStep, AuditDetails][] = before ? [] : [['received', { payload }]];
  if (ended && !isDeepStrictEqual(ended, was)) {
    if (ended.status === 'published' || ended.published)
      steps.push(['published', { payload, ...archiveOf(ended), ...eventsOf(ended, was) }]);
    steps.push(['acknowledged', { payload, ...archiveOf(ended), ...endOf(ended), ...statusBefore(was) }]);
  }
  const integration = change.pk.slice(0, change.pk.indexOf('#'));
  return steps.map(([step, details]) => ({
    ...{ step, integration, subject: change.pk, at: change.at, change: change.id, details },
  }));
}

const rememberedIn = ({ status, data }: Item): Remembered | undefined =>
  status === 'COMPLETED' ? (data as Remembered) : undefined;

const archiveOf = ({ archive }: Remembered): AuditDetails => (archive === undefined ? {} : { archive });

/** `eventsBefore`: those of them that were published before, where it was processed again. */
const eventsOf = ({ published }: Remembered, was: Remembered | undefined): AuditDetails => ({
  ...(published && publishedDetails(published)),
  ...(was?.published && { eventsBefore: was.published.count }),
});

const statusBefore = (was: Remembered | undefined): AuditDetails => (was ? { was: was.status } : {});

function endOf({ status, answer, why, inPart }: Remembered): AuditDetails {
  return {
    status,
    answer: hash('sha256', answer.body, 'hex'),
    ...(why && 'code' in why && { fault: why.code }),
    ...(inPart && { inPart }),
  };
}
