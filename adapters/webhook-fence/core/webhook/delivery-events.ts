import * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { entryBytes, fitsBus } from '#shared/core/batch/pack.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';
import { attributes } from '#shared/core/envelope/attributes.ts';
import { type EnvelopeWriter, envelopeWriter } from '#shared/core/envelope/envelope.ts';
import { versionSequence } from '#shared/core/envelope/sequence.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { eventsOf, type WebhookFence } from '../../contract/webhook-fence.ts';
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

/** How one event type is checked and written. */
interface EventRule {
  readonly schema: Pick<z.ZodType, 'safeParse'>;
  readonly write: EnvelopeWriter;
}

/** Makes bus entries of a fence's emissions: schema, identity, envelope. Pure. */
export function entryMaker(fence: WebhookFence): EntryMaker {
  const rules = new Map<EventContract, EventRule>(
    eventsOf(fence).map(event => [
      event,
      { schema: z.compile(event.schema), write: envelopeWriter(event, { contract: fence }) },
    ]),
  );
  return (delivery, frame, { event, data }, ordinal) => {
    const rule = rules.get(event);
    const checked = rule?.schema.safeParse(data);
    if (!rule || !checked) return undeclared(event);
    if (!checked.success) return misfit(checked.error);
    const canonical = checked.data as Readonly<Record<string, unknown>>;
    const entry = entryOf(fence, rule.write, delivery, frame, event, canonical, ordinal);
    return fitsBus(entry)
      ? entry
      : fault('EVENT_TOO_LARGE', {}, `the event takes ${entryBytes(entry)} bytes`);
  };
}

const undeclared = ({ type }: EventContract): Fault =>
  fault('MAPPING_FAILED', {}, `the mapping emitted ${type}, which the contract does not declare`);

const misfit = (error: z.ZodError): Fault =>
  fault('SCHEMA_VIOLATION', {}, `the mapped event does not fit its schema at ${issuesOf(error)}`);

function entryOf(
  fence: WebhookFence,
  write: EnvelopeWriter,
  delivery: Delivery,
  { tenant, happenedAt, rawUri }: EventFrame,
  event: EventContract,
  data: Readonly<Record<string, unknown>>,
  ordinal: number,
): BusEntry {
  const own = {
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
  };
  return { source: event.domain, detailType: event.type, detail: write(own, trailOf(fence, delivery)) };
}

const trailOf = (fence: WebhookFence, { correlationId, name, traceparent, receivedAt }: Delivery): string =>
  attributes({
    correlationid: correlationId,
    causationid: name,
    traceparent,
    processkey: `${fence.id}/${name}`,
    ingestedat: receivedAt,
  });
