import { contractOptions } from '#shared/contract/contract-base.ts';
import { limits } from '#shared/contract/limits.ts';
import { deepFreeze, refuseUnknownOptions } from '#shared/contract/options.ts';
import type { WebhookFence, WebhookFenceSpec } from './webhook-fence.ts';
import { checkWebhookFence } from './webhook-fence-checks.ts';
import { replayDaysMin, traitsOf } from './webhook-traits.ts';

export { emit } from '#shared/contract/emission.ts';
export { accept } from './webhook-delivery.ts';

/*
 * What the infrastructure gives a fence. `fence` is the frozen contract.
 *
 * Three functions from one bundle each; every one has the same environment:
 *   functions/webhook-fence/handler.ts          webhookFence(contract)   HTTP API, payload format 2.0
 *   functions/webhook-fence/drain-handler.ts    webhookDrain(contract)   event source: the spill queue, ReportBatchItemFailures
 *   functions/webhook-fence/release-handler.ts  webhookRelease(contract) invoked by operators
 * Bundles are split (esbuild `splitting: true`, one output folder each): clients load when first used.
 *
 * Environment: BUS_NAME, CLAIMS_TABLE, RAW_BUCKET, QUARANTINE_BUCKET, SPILL_QUEUE_URL, SECRET_ID (name or ARN),
 *   POWERTOOLS_SERVICE_NAME (the id). POWERTOOLS_IDEMPOTENCY_DISABLED must not be set.
 *
 * Routes: each of `fence.methods` on `fence.route`; GET `<route>/status/{correlationId}`. Throttled by `fence.throttle`, status too.
 * Timeout of handler 29 s at most (API Gateway gives up after 30); `fence.maxConcurrency` is reserved concurrency where set.
 * Secret `edge/<stage>/<id>` (`secretName`): JSON {current, previous?, handshake?, statusKey?}; see shared/core/webhook/fence-keys.ts.
 *   Infrastructure creates it with a generated `current` that operators overwrite; never a rotation function: the partner rotates.
 * Spill queue: visibility at least 6 x the drain's timeout, receives `limits.receivesMax`, then a DLQ; messages hold no payload.
 * Rights of all three: claims table GetItem, PutItem, UpdateItem, DeleteItem with LeadingKeys `<id>#*`; raw bucket PutObject, GetObject
 *   on `<id>/*` (and ListBucket for that prefix, so that a missing object is told from a missing right); quarantine PutObject on
 *   `<id>/*`; PutEvents for `eventsOf(fence)`; secret GetSecretValue (not the drain); spill queue SendMessage (handler and release),
 *   ReceiveMessage, DeleteMessage, ChangeMessageVisibility, GetQueueAttributes (drain).
 * Lifecycle: raw and quarantine `<id>/` expire after `fence.retentionDays`; raw `<id>/rejects/` after `limits.rejectsKeptDays`.
 * Alarms, from log lines (JSON, `message`): "request settled" {outcome, status, code}: rate of status 401 and 429; "request
 *   failed"; "secret unreadable"; "secret overdue"; "reject not kept"; "bus denied"; depth and age of the spill queue; its DLQ.
 */

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
 * @throws ContractError naming what cannot be kept: an unknown option, an event that states a change, a horizon too short, …
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
    methods: traits.handshakeByGet ? ['POST', 'GET'] : ['POST'],
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
