import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from '#test/webhook-fence/flow/fences.ts';
import type { Random } from '../shared/random.ts';

/** What a request is, as its generator knows. */
export interface TrueDelivery {
  readonly kind: 'good' | 'bad' | 'skipped';
  readonly id: string;
  readonly cents: number;
  readonly body: string;
  /** After the start. */
  readonly afterSeconds: number;
  /** How often it is sent besides, though it was answered. */
  readonly repeats: number;
  /** The provider sends it so often, if it is not answered with success. */
  readonly triesMax: number;
}

export interface Scenario {
  readonly fence: WebhookFence;
  /** Equal content is the same delivery, and nothing else is. */
  readonly isNamedByContent: boolean;
  readonly scheme: 'standard-webhooks' | 'github';
  readonly deliveries: readonly TrueDelivery[];
  /** Until then the fence has a wrong secret. */
  readonly secretFixedAfterSeconds: number;
}

/** In every body; no log line may hold it. */
export const personal = 'Erika-Mustermann';

export function makeScenario(random: Random): Scenario {
  const scheme = random.pick(['standard-webhooks', 'github'] as const);
  const isByField = random.chance(0.2);
  const isNamedByContent = random.chance(0.2);
  const fence = fenceWith({
    scheme,
    ...(isByField && { idempotency: { key: { bodyField: '/data/id' } } }),
    ...(isNamedByContent && { idempotency: { key: 'content' } }),
  });
  const deliveries = Array.from({ length: random.between(1, 12) }, (_, i) =>
    makeDeliveries(random, i),
  ).flat();
  return {
    fence,
    isNamedByContent,
    scheme,
    deliveries,
    secretFixedAfterSeconds: random.chance(0.3) ? random.between(60, 3_600) : 0,
  };
}

/** One, or two that have one id and differ: the provider corrects itself, or is wrong. Then it does not try for ever. */
function makeDeliveries(random: Random, i: number): TrueDelivery[] {
  const first = makeDelivery(random, i, 100 + i);
  if (!random.chance(0.15)) return [first];
  const second = makeDelivery(random, i, 500 + i);
  return [first, second].map(each => ({ ...each, triesMax: Math.min(each.triesMax, 3) }));
}

function makeDelivery(random: Random, i: number, goodCents: number): TrueDelivery {
  const kind = random.pick(['good', 'good', 'good', 'bad', 'skipped'] as const);
  const cents = kind === 'bad' ? -1 : goodCents;
  const data = { id: `p-${i}`, cents, payer: personal };
  return {
    kind,
    id: `msg_${i}`,
    cents,
    body: JSON.stringify({ type: kind === 'skipped' ? 'ping' : 'paid', data }),
    afterSeconds: random.chance(0.3) ? 1 : random.between(0, 3_600),
    repeats: random.pick([0, 0, 0, 1, 3]),
    triesMax: random.chance(0.2) ? random.between(1, 3) : Number.POSITIVE_INFINITY,
  };
}
