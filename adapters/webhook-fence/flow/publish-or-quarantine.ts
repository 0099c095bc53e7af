import { type Fault, fault } from '#shared/contract/fault.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import type { NamedDelivery } from './named-delivery.ts';
import { publishEntries } from './publish-entries.ts';
import { quarantineDelivery } from './quarantine-delivery.ts';
import type { Attempt } from './run-once.ts';
import type { Work } from './work.ts';

/** What became of an archived delivery. `unpublished`: the bus does not accept its events now. */
export type DeliveryResult =
  | { readonly status: 'published' }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'quarantined'; readonly fault: Fault; readonly inPart: boolean }
  | { readonly status: 'unpublished'; readonly reason: string };

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
  if (decision.kind === 'faulty')
    return quarantined(work, delivery, { fault: decision.fault, inPart: false });
  hold();
  const end = await publishEntries(work, delivery, decision.entries);
  if (end.kind === 'published') return { status: 'published' };
  if (end.kind === 'later') return { status: 'unpublished', reason: end.reason };
  const refused = refusedByBus(end, decision.entries.length);
  return quarantined(work, delivery, { fault: refused, inPart: end.published > 0 });
}

function refusedByBus({ reason, published }: { reason: string; published: number }, events: number): Fault {
  const others = published > 0 ? `; ${published} of its ${events} events are published` : '';
  return fault('PUBLISH_REFUSED', {}, `the bus answered ${reason}${others}`);
}

async function quarantined(
  work: Work,
  delivery: Delivery,
  found: { readonly fault: Fault; readonly inPart: boolean },
): Promise<DeliveryResult> {
  await quarantineDelivery(work, delivery, found.fault);
  return { status: 'quarantined', ...found };
}
