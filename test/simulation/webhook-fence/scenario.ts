import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from '#test/webhook-fence/flow/fences.ts';
import type { Random } from '../shared/random.ts';

/** What a request is, as its generator knows. */
export interface TrueDelivery {
  readonly kind: 'good' | 'bad' | 'skipped';
  readonly id: string;
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
  readonly scheme: 'standard-webhooks' | 'github';
  readonly deliveries: readonly TrueDelivery[];
  /** Until then the fence has a wrong secret. */
  readonly secretFixedAfterSeconds: number;
}

/** In every body; no log line may hold it. */
export const personal = 'Erika-Mustermann';

export function makeScenario(random: Random): Scenario {
  const scheme = random.pick(['standard-webhooks', 'github'] as const);
  const fence = fenceWith({
    scheme,
    ...(random.chance(0.2) && { idempotency: { key: { bodyField: '/data/id' } } }),
    ...(random.chance(0.2) && { idempotency: { key: 'content' } }),
  });
  const deliveries = Array.from({ length: random.between(1, 12) }, (_, i) => makeDelivery(random, i));
  return {
    fence,
    scheme,
    deliveries,
    secretFixedAfterSeconds: random.chance(0.3) ? random.between(60, 3_600) : 0,
  };
}

function makeDelivery(random: Random, i: number): TrueDelivery {
  const kind = random.pick(['good', 'good', 'good', 'bad', 'skipped'] as const);
  const data = { id: `p-${i}`, cents: kind === 'bad' ? -1 : 100 + i, payer: personal };
  return {
    kind,
    id: `msg_${i}`,
    body: JSON.stringify({ type: kind === 'skipped' ? 'ping' : 'paid', data }),
    afterSeconds: random.chance(0.3) ? 1 : random.between(0, 3_600),
    repeats: random.pick([0, 0, 0, 1, 3]),
    triesMax: random.chance(0.2) ? random.between(1, 3) : Number.POSITIVE_INFINITY,
  };
}
