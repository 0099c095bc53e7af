import { contractOptions } from '#shared/contract/contract-base.ts';
import { limits } from '#shared/contract/limits.ts';
import { deepFreeze, refuseUnknownOptions } from '#shared/contract/options.ts';
import type { WebhookFence, WebhookFenceSpec } from './webhook-fence.ts';
import { checkWebhookFence } from './webhook-fence-checks.ts';
import { replayDaysMin, traitsOf } from './webhook-traits.ts';

export { emit } from '#shared/contract/emission.ts';
export { accept } from './webhook-delivery.ts';

export const webhookFenceOptions = [
  ...contractOptions,
  'tenant',
  'route',
  'scheme',
  'url',
  'secrets',
  'idempotency',
  'body',
  'accepts',
  'skips',
  'payloadHash',
  'sequenceFrom',
  'throttle',
  'tenantQuota',
  'allowFrom',
  'bodyBytesMax',
  'onInvalidPayload',
  'onConflict',
  'replayHorizonDays',
  'retentionDays',
  'maxConcurrency',
];

/**
 * Declares a webhook fence: verified requests become canonical events.
 * @throws ContractError that names what cannot be kept: an unknown option, an event that states a change, a horizon too short, …
 */
export function defineWebhookFence(spec: WebhookFenceSpec): WebhookFence {
  const where = `webhook fence ${spec.id}`;
  refuseUnknownOptions(where, spec, webhookFenceOptions);
  const traits = traitsOf(spec.scheme);
  const fence: WebhookFence = {
    ...spec,
    kind: 'webhook-fence',
    direction: 'inbound',
    route: spec.route ?? `/webhooks/${spec.id}`,
    methods: ['POST', ...traits.handshakeMethods],
    url: spec.url,
    secrets: { ...spec.secrets, rotationDays: spec.secrets?.rotationDays },
    body: spec.body ?? 'json',
    skips: spec.skips ?? [],
    payloadHash: spec.payloadHash ?? 'body',
    sequenceFrom: spec.sequenceFrom,
    throttle: spec.throttle ?? { ratePerSecond: 50, burst: 100 },
    tenantQuota: spec.tenantQuota,
    allowFrom: spec.allowFrom,
    bodyBytesMax: spec.bodyBytesMax ?? limits.webhookBodyBytes,
    onInvalidPayload: spec.onInvalidPayload ?? 202,
    onConflict: spec.onConflict ?? 409,
    replayHorizonDays: spec.replayHorizonDays ?? Math.max(limits.replayHorizonDays, replayDaysMin(traits)),
    retentionDays: spec.retentionDays ?? 400,
    maxConcurrency: spec.maxConcurrency,
  };
  checkWebhookFence(where, fence);
  return deepFreeze(fence);
}
