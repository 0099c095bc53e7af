import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import type { AnyAcceptance } from '../../contract/webhook-delivery.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { type ConditionInput, holds } from './conditions.ts';
import { type Decision, faulty } from './decision.ts';
import type { Delivery } from './delivery.ts';
import { entriesMaker } from './delivery-events.ts';
import { emissionsOf } from './emissions.ts';
import { instantOf } from './instant-of.ts';
import { itemOf, itemsOnce, wrongItemIn } from './item.ts';
import { type Payload, readField } from './payload.ts';
import { tenantOf } from './tenant.ts';

export type Decide = (delivery: Delivery, payload: Payload, rawUri: string) => Decision;

/** Skips, tenant, rules, mapping, schema, identity, envelope. Pure: the same delivery is the same events on every retry. */
export function decider(fence: WebhookFence): Decide {
  const entriesOf = entriesMaker(fence);
  return (delivery, payload, rawUri) => {
    if (!payload.ok) return faulty(payload.fault);
    const input = { headers: delivery.headers, payload: payload.value };
    const skipped = skippedBy(fence, input);
    if (skipped) return skipped;
    const tenant = tenantOf(fence, delivery, payload.value);
    if (isFault(tenant)) return faulty(tenant);
    const found = ruleFor(fence, input);
    if ('kind' in found) return found;
    const happenedAt = happenedAtOf(fence, delivery, payload.value);
    if (isFault(happenedAt)) return faulty(happenedAt);
    const emissions = emissionsOf(fence, found, { delivery, tenant, payload: payload.value });
    if (!Array.isArray(emissions)) return emissions as Decision;
    return eventsOf(emissions as Emission[], tenant, each =>
      entriesOf(delivery, { tenant, happenedAt, rawUri }, each),
    );
  };
}

/** Data is hashed only once its schema has taken it. */
function eventsOf(
  emissions: readonly Emission[],
  tenant: string,
  entriesOf: (emissions: readonly Emission[]) => readonly (BusEntry | Fault)[],
): Decision {
  const wrong = wrongItemIn(emissions);
  if (wrong) return faulty(wrong);
  const entries = entriesOf(emissions);
  const bad = entries.find(isFault);
  if (bad) return faulty(bad);
  const events = emissions.map((emission, i) => ({
    entry: entries[i] as BusEntry,
    item: itemOf(emission, i, tenant),
  }));
  const once = itemsOnce(events);
  return isFault(once) ? faulty(once) : { kind: 'events', events: once };
}

/** Skips are checked before the tenant: a delivery such as a ping names no tenant. */
function skippedBy(fence: WebhookFence, input: ConditionInput): Decision | undefined {
  const skip = fence.skips.find(({ when }) => when !== 'otherwise' && holds(fence, when, input));
  return skip && { kind: 'skipped', reason: skip.reason };
}

/** The first acceptance that holds. Without one: how the delivery ends. */
function ruleFor(fence: WebhookFence, input: ConditionInput): AnyAcceptance | Decision {
  const rule = fence.accepts.find(({ when }) => holds(fence, when, input));
  if (rule) return rule;
  const otherwise = fence.skips.find(({ when }) => when === 'otherwise');
  if (otherwise) return { kind: 'skipped', reason: otherwise.reason };
  return faulty(fault('UNKNOWN_DELIVERY', {}, 'no rule of the contract holds for this delivery'));
}

function happenedAtOf(fence: WebhookFence, delivery: Delivery, payload: unknown): string | Fault {
  const { sequenceFrom } = fence;
  if (sequenceFrom === undefined) return delivery.sentAt ?? delivery.receivedAt;
  const instant = instantOf(readField(fence, payload, sequenceFrom));
  return (
    instant ??
    fault(
      'INVALID_PAYLOAD',
      { column: sequenceFrom },
      'the field that orders deliveries is missing or no time',
    )
  );
}
