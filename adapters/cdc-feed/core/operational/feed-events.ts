import type * as z from 'zod';
import { changesQuarantined } from '#events/edge/changes-quarantined.v1.ts';
import { schemaDriftDetected } from '#events/edge/schema-drift-detected.v1.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';
import { envelopeWriter } from '#shared/core/envelope/envelope.ts';
import { versionSequence } from '#shared/core/envelope/sequence.ts';
import { handoffId, idOf } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { operationalTenant } from '#shared/core/operational/operational-tenant.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import type { RecordOrigin } from '../feed/record-origin.ts';

/** What the suite itself says of a feed. `origin` is the record that gave rise to it. */

export type ChangesQuarantinedData = z.infer<typeof changesQuarantined.schema>;
export type SchemaDriftDetectedData = z.infer<typeof schemaDriftDetected.schema>;

/** The bus entry that tells of a difference between a table and its contract. */
export const schemaDriftEntry = (
  feed: CdcFeed,
  origin: RecordOrigin,
  data: SchemaDriftDetectedData,
): BusEntry => ({
  source: schemaDriftDetected.domain,
  detailType: schemaDriftDetected.type,
  detail: operationalEvent(schemaDriftDetected, feed, origin, data, data.fingerprint),
});

/** The message, a CloudEvent too, that tells operators which changes were put aside. */
export const changesQuarantinedMessage = (
  feed: CdcFeed,
  origin: RecordOrigin,
  data: ChangesQuarantinedData,
): object =>
  JSON.parse(operationalEvent(changesQuarantined, feed, origin, data, `${origin.place}-${data.last}`));

function operationalEvent(
  event: EventContract,
  feed: CdcFeed,
  origin: RecordOrigin,
  data: Readonly<Record<string, unknown>>,
  about: string,
): string {
  const correlationId = handoffId(feed.id, event.type, about);
  const write = envelopeWriter(event, {
    contract: feed,
    correlationId,
    causationId: origin.place,
    traceparent: traceparentOf(correlationId),
    processKey: feed.id,
    ingestedAt: origin.arrivedAt,
  });
  return write({
    id: idOf(feed.id, event.type, about),
    tenantId: operationalTenant(feed.tenant),
    aggregateId: aggregateIdOf(event, data),
    sequence: versionSequence(origin.arrivedAt),
    idempotencyKey: `${feed.id}:${event.name}:${about}`,
    externalRef: origin.place,
    rawRef: origin.rawRef,
    rawHash: origin.rawHash,
    time: origin.arrivedAt,
    data: JSON.stringify(event.schema.parse(data)),
  });
}
