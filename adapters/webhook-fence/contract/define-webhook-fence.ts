import { contractOptions } from '#shared/contract/contract-base.ts';
import { limits } from '#shared/contract/limits.ts';
import { deepFreeze, refuseUnknownOptions } from '#shared/contract/options.ts';
import { usualContentTypes } from './content-type.ts';
import { answersOf } from './webhook-answers.ts';
import type { WebhookFence, WebhookFenceSpec } from './webhook-fence.ts';
import { checkWebhookFence } from './webhook-fence-checks.ts';
import { replayDaysMin, traitsOf } from './webhook-traits.ts';

export { emit } from '#shared/contract/emission.ts';
export { accept } from './webhook-delivery.ts';

const webhookFenceOptions = [
  ...contractOptions,
  'tenant',
  'route',
  'scheme',
  'url',
  'secrets',
  'idempotency',
  'body',
  'formField',
  'contentTypes',
  'accepts',
  'skips',
  'payloadHash',
  'sequenceFrom',
  'throttle',
  'tenantQuota',
  'allowFrom',
  'bodyBytesMax',
  'answers',
  'replayHorizonDays',
  'retentionDays',
  'rejects',
  'listing',
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
  const throttle = spec.throttle ?? { ratePerSecond: 50, burst: 100 };
  const replayHorizonDays =
    spec.replayHorizonDays ?? Math.max(limits.replayHorizonDays, replayDaysMin(traits));
  const fence: WebhookFence = {
    ...spec,
    kind: 'webhook-fence',
    direction: 'inbound',
    route: spec.route ?? `/webhooks/${spec.id}${'fromPath' in spec.tenant ? '/{tenant}' : ''}`,
    methods: ['POST', ...traits.handshakeMethods],
    url: spec.url,
    secrets: {
      ...spec.secrets,
      rotationDays: spec.secrets?.rotationDays,
      sharedByTenants: spec.secrets?.sharedByTenants,
    },
    body: spec.body ?? 'json',
    formField: spec.formField,
    contentTypes: spec.contentTypes ?? usualContentTypes(spec),
    skips: spec.skips ?? [],
    payloadHash: spec.payloadHash ?? 'body',
    sequenceFrom: spec.sequenceFrom,
    throttle,
    tenantQuota: spec.tenantQuota,
    allowFrom: spec.allowFrom,
    bodyBytesMax: spec.bodyBytesMax ?? limits.webhookBodyBytes,
    answers: answersOf(spec.answers),
    replayHorizonDays,
    retentionDays: spec.retentionDays ?? 400,
    rejects: {
      anHour: limits.rejectsAnHour,
      keptDays: Math.min(limits.rejectsKeptDays, replayHorizonDays),
      ...spec.rejects,
    },
    maxConcurrency: spec.maxConcurrency ?? usualConcurrency(throttle),
  };
  checkWebhookFence(where, fence);
  return deepFreeze(fence);
}

/** What the throttle lets in, for as long as an answer takes when a function starts cold. */
const usualConcurrency = ({ ratePerSecond }: WebhookFence['throttle']): number =>
  Math.max(limits.fenceConcurrencyMin, Math.ceil(ratePerSecond * limits.coldAnswerSeconds));
