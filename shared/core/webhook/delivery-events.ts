import * as z from 'zod';
import type { EventContract } from '../../contract/define-event.ts';
import type { Emission } from '../../contract/define-file-lane.ts';
import { eventsOf, type WebhookFence } from '../../contract/define-webhook-fence.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import type { BusEntry } from '../batch/bus-entry.ts';
import { entryBytes, fitsBus } from '../batch/pack.ts';
import { aggregateIdOf } from '../envelope/aggregate-id.ts';
import { envelopeWriter, type Origin } from '../envelope/envelope.ts';
import { idOf } from '../identity/event-id.ts';
import { versionSequence } from '../row/sequence.ts';
import type { Delivery } from './delivery.ts';
import { issuesOf } from './issues.ts';

/** What the events of one delivery share besides the delivery. */
export interface EventFrame {
  readonly tenant: string;
  /** ISO 8601 UTC: what orders the events of an aggregate. */
  readonly happenedAt: string;
  readonly rawUri: string;
}

export type EntryMaker = (
  delivery: Delivery,
  frame: EventFrame,
  emission: Emission,
  ordinal: number,
) => BusEntry | Fault;

/** Makes bus entries of a fence's emissions: schema, identity, envelope. Pure. */
export function entryMaker(fence: WebhookFence): EntryMaker {
  const schemas = new Map(eventsOf(fence).map(event => [event, z.compile(event.schema)]));
  return (delivery, frame, { event, data }, ordinal) => {
    const checked = schemas.get(event)?.safeParse(data);
    if (!checked)
      return fault(
        'MAPPING_FAILED',
        {},
        `the mapping emitted ${event.type}, which the contract does not declare`,
      );
    if (!checked.success)
      return fault(
        'SCHEMA_VIOLATION',
        {},
        `the mapped event does not fit its schema at ${issuesOf(checked.error)}`,
      );
    const entry = entryOf(
      fence,
      delivery,
      frame,
      event,
      checked.data as Readonly<Record<string, unknown>>,
      ordinal,
    );
    return fitsBus(entry)
      ? entry
      : fault('EVENT_TOO_LARGE', {}, `the event takes ${entryBytes(entry)} bytes`);
  };
}

function entryOf(
  fence: WebhookFence,
  delivery: Delivery,
  { tenant, happenedAt, rawUri }: EventFrame,
  event: EventContract,
  data: Readonly<Record<string, unknown>>,
  ordinal: number,
): BusEntry {
  const write = envelopeWriter(event, originOf(fence, delivery));
  return {
    source: event.domain,
    detailType: event.type,
    detail: write({
      id: idOf(tenant, fence.id, event.type, String(ordinal), delivery.name),
      tenantId: tenant,
      aggregateId: aggregateIdOf(event, data),
      sequence: versionSequence(happenedAt),
      idempotencyKey: `${fence.id}:${delivery.name}:${ordinal}`,
      externalRef: delivery.deliveryId ?? delivery.name,
      rawRef: rawUri,
      rawHash: delivery.sha256,
      time: happenedAt,
      data: JSON.stringify(data),
    }),
  };
}

const originOf = (
  fence: WebhookFence,
  { correlationId, name, traceparent, receivedAt }: Delivery,
): Origin => ({
  treaty: fence,
  correlationId,
  causationId: name,
  traceparent,
  processKey: `${fence.id}/${name}`,
  ingestedAt: receivedAt,
});
