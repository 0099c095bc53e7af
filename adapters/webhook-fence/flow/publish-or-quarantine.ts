import { type Fault, fault } from '#shared/contract/fault.ts';
import type { EventDigest } from '#shared/core/batch/event-digest.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { deliveryFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { claimItems, type ItemsEnd } from './claim-items.ts';
import type { NamedDelivery } from './named-delivery.ts';
import { type PublishEnd, publishEntries } from './publish-entries.ts';
import { quarantineDelivery } from './quarantine-delivery.ts';
import type { Attempt } from './run-once.ts';
import type { Work } from './work.ts';

/** What became of an archived delivery. `unpublished`: the bus does not accept its events now. */
export type DeliveryResult =
  | { readonly status: 'published'; readonly published: EventDigest }
  | { readonly status: 'skipped'; readonly reason: string }
  | QuarantinedDelivery
  | { readonly status: 'unpublished'; readonly reason: string }
  /** How another delivery with one of its items ends is not known yet. */
  | { readonly status: 'busy' };

export interface QuarantinedDelivery {
  readonly status: 'quarantined';
  readonly fault: Fault;
  /** Those of its events that the bus accepted. */
  readonly published?: EventDigest;
}

const allKnown = 'every item of it was accepted before, in other deliveries';

/**
 * Maps and publishes the delivery archived under `key`, or quarantines it. Everything written is the same on every repetition.
 */
export async function publishOrQuarantine(
  work: Work,
  { delivery, payload }: Pick<NamedDelivery, 'delivery' | 'payload'>,
  { key, hold }: { readonly key: string } & Pick<Attempt, 'hold'>,
): Promise<DeliveryResult> {
  const decision = work.decide(delivery, payload, work.ports.files.uri({ bucket: 'raw', key }));
  if (decision.kind === 'skipped') return { status: 'skipped', reason: decision.reason };
  if (decision.kind === 'faulty') return quarantined(work, delivery, { fault: decision.fault });
  const items = await claimItems(work, delivery, decision.events);
  if (items.kind === 'busy') return { status: 'busy' };
  if (items.kind === 'conflict') return quarantined(work, delivery, { fault: items.fault });
  if (items.known > 0) logKnown(work, delivery, items);
  if (items.entries.length === 0) return { status: 'skipped', reason: allKnown };
  hold();
  const end = await publishEntries(work, delivery, items.entries);
  if (end.kind === 'later') return { status: 'unpublished', reason: end.reason };
  const { accepted: published } = end;
  if (end.kind === 'published') return { status: 'published', published };
  const refused = refusedByBus(end, items.entries.length);
  return quarantined(work, delivery, { fault: refused, ...(published.count > 0 && { published }) });
}

const logKnown = ({ fence, ports }: Work, delivery: Delivery, { known, entries }: Claimed): void =>
  ports.log.info(logLines.itemsRepeated, {
    ...deliveryFields(fence, delivery),
    repeated: known,
    events: entries.length,
  });

type Claimed = Extract<ItemsEnd, { readonly kind: 'claimed' }>;

function refusedByBus(
  { reason, accepted: { count } }: Extract<PublishEnd, { readonly kind: 'refused' }>,
  events: number,
): Fault {
  const others = count > 0 ? `; ${count} of its ${events} events are published` : '';
  return fault('PUBLISH_REFUSED', {}, `the bus answered ${reason}${others}`);
}

async function quarantined(
  work: Work,
  delivery: Delivery,
  found: Omit<QuarantinedDelivery, 'status'>,
): Promise<DeliveryResult> {
  await quarantineDelivery(work, delivery, found.fault);
  return { status: 'quarantined', ...found };
}
