import type { Emission } from '#shared/contract/emission.ts';
import type { Fault } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { versionSequence } from '#shared/core/envelope/sequence.ts';
import { traceAttributes } from '#shared/core/envelope/trace-context.ts';
import { entryWriter } from '#shared/core/event/entry-writer.ts';
import { eventMaker, type PlacedFacts } from '#shared/core/event/event-maker.ts';
import { eventsOf, type WebhookFence } from '../../contract/webhook-fence.ts';
import type { Delivery } from './delivery.ts';
import { instantOf } from './instant-of.ts';
import { itemIn } from './item.ts';

/** What the events of one delivery share besides the delivery. */
export interface EventFrame {
  readonly tenant: string;
  /** ISO 8601 UTC: what orders the events of an aggregate. */
  readonly happenedAt: string;
  readonly rawUri: string;
}

export type EntriesMaker = (
  delivery: Delivery,
  frame: EventFrame,
  emissions: readonly Emission[],
) => readonly (BusEntry | Fault)[];

/** Makes bus entries of a delivery's emissions: schema, identity, envelope. Pure. */
export function entriesMaker(fence: WebhookFence): EntriesMaker {
  const makeEvent = eventMaker(eventsOf(fence), { contract: fence }, entryWriter);
  return (delivery, frame, emissions) => {
    const facts = factsOf(fence, delivery, frame);
    return emissions.map((emission, ordinal) =>
      makeEvent(emission, { ...facts, ordinal, ...factsOfItem(emission) }),
    );
  };
}

/** An item is the same in every delivery, and at every place of it. */
function factsOfItem(emission: Emission): Partial<PlacedFacts> {
  const item = itemIn(emission);
  if (!item) return {};
  const { id, happenedAt } = item;
  const time = instantOf(happenedAt);
  return {
    key: [`item:${id}`],
    ordinal: 0,
    externalRef: id,
    ...(time !== undefined && { time, sequence: versionSequence(time) }),
  };
}

/** The delivery's name is the whole key: it has no other version. */
const factsOf = (
  fence: WebhookFence,
  delivery: Delivery,
  { tenant, happenedAt, rawUri }: EventFrame,
): Omit<PlacedFacts, 'ordinal'> => ({
  tenant,
  key: [delivery.name],
  version: undefined,
  sequence: versionSequence(happenedAt),
  externalRef: delivery.deliveryId ?? delivery.name,
  rawRef: rawUri,
  rawHash: delivery.sha256,
  time: happenedAt,
  at: {},
  further: {
    shared: '',
    own: traceAttributes({
      correlationId: delivery.correlationId,
      causationId: delivery.name,
      traceparent: delivery.traceparent,
      processKey: `${fence.id}/${delivery.name}`,
      ingestedAt: delivery.receivedAt,
    }),
  },
});
