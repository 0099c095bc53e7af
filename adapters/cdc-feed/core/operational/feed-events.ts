import type * as z from 'zod';
import { changesQuarantined } from '#events/edge/changes-quarantined.v1.ts';
import { schemaDriftDetected } from '#events/edge/schema-drift-detected.v1.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { handoffId } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { operationalEvent } from '#shared/core/operational/operational-event.ts';
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
): BusEntry => feedEvent(feed, origin, { event: schemaDriftDetected, data, about: data.fingerprint });

/** The message, a CloudEvent too, that tells operators which changes were quarantined. */
export function changesQuarantinedMessage(
  feed: CdcFeed,
  origin: RecordOrigin,
  data: ChangesQuarantinedData,
): object {
  const about = `${origin.place}-${data.last}`;
  return JSON.parse(feedEvent(feed, origin, { event: changesQuarantined, data, about }).detail);
}

interface Told<E extends EventContract> {
  readonly event: E;
  readonly data: z.infer<E['schema']>;
  readonly about: string;
}

function feedEvent<E extends EventContract>(
  feed: CdcFeed,
  origin: RecordOrigin,
  { event, data, about }: Told<E>,
): BusEntry {
  const correlationId = handoffId(feed.id, event.type, about);
  return operationalEvent(event, data, {
    contract: feed,
    about,
    trace: {
      correlationId,
      causationId: origin.place,
      traceparent: traceparentOf(correlationId),
      processKey: feed.id,
      ingestedAt: origin.arrivedAt,
    },
    externalRef: origin.place,
    rawRef: origin.rawRef,
    rawHash: origin.rawHash,
    time: origin.arrivedAt,
  });
}
