import type { EventContract } from './define-event.ts';
import { limits } from './limits.ts';
import { deepFreeze, refuseUnknownOptions } from './options.ts';
import { type Tenant, type Treaty, treatyOptions } from './treaty.ts';
import type { AnyAcceptance, DeliverySkip } from './webhook-delivery.ts';
import { checkWebhookFence } from './webhook-fence-checks.ts';
import type { Provider, WebhookScheme } from './webhook-scheme.ts';
import { replayDaysMin, traitsOf } from './webhook-traits.ts';

export { emit } from './define-file-lane.ts';
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

/** How the partner proves itself with more than one key at a time. */
export interface FenceSecrets {
  /** Days after which an unchanged secret is logged as `secret overdue`, which alarms. Default none. */
  readonly rotationDays?: number;
}

export interface FenceIdempotency {
  /**
   * What names a delivery, so that a repeat of it is known. `delivery-id`: the scheme's id header; where the signature does not
   * cover it, the signed content names the delivery and the id may not come back with other content. `content`: the signed
   * content alone. `{bodyField}`: a JSON pointer to an id in the payload (or a form's field), such as Stripe's `/id`; only where
   * the signature fixes each field, which Twilio's, Adyen's and those of `{form}` do not.
   */
  readonly key: 'delivery-id' | 'content' | { readonly bodyField: string };
}

export interface WebhookFenceSpec extends Treaty {
  /** Fixed, or from the payload (JSON pointer, or a form's field) and held against those this integration may speak for. */
  readonly tenant: Tenant;
  /** Path of the address. Default `/webhooks/<id>`. */
  readonly route?: string;
  /** A known provider or `defineScheme(…)`. */
  readonly scheme: Provider | WebhookScheme;
  /** The address as the partner calls it, `https://…`; needed exactly where the scheme signs it. The query is the request's own. */
  readonly url?: string;
  readonly secrets?: FenceSecrets;
  readonly idempotency: FenceIdempotency;
  /** How the body is written. Default `json`. */
  readonly body?: 'json' | 'form';
  /** Kinds of deliveries that become events; the first whose `when` holds decides. */
  readonly accepts: readonly AnyAcceptance[];
  /** Deliveries that are no events, asked before the tenant and `accepts` (`otherwise` after). */
  readonly skips?: readonly DeliverySkip[];
  /**
   * What a repeat must share with the first delivery of its name, else it is a conflict. Default `body`, byte for byte; fields
   * (JSON pointers) where the partner's retries change the rest, such as Stripe's `pending_webhooks`. Fields stand for a payload
   * that has all of them, of any other its body does. Where the content names deliveries, fields do that too.
   */
  readonly payloadHash?: 'body' | { readonly fields: readonly string[] };
  /** JSON pointer to a number (epoch seconds or milliseconds) or ISO 8601 text that orders events of one aggregate. Default: the sender's signed clock, else receipt. */
  readonly sequenceFrom?: string;
  /** Requests of everyone together on this route; beyond it API Gateway answers 429. Default 50 a second, 100 at once. */
  readonly throttle?: { readonly ratePerSecond: number; readonly burst: number };
  /** Genuine requests of one tenant; beyond it 429 with Retry-After. Default none. */
  readonly tenantQuota?: { readonly requests: number; readonly perSeconds: number };
  /** Addresses (CIDR) that may call; others get 403. Default everyone: the signature decides. */
  readonly allowFrom?: readonly string[];
  /** Bytes. Default 1 MiB, at most 4 MiB; beyond it 413. */
  readonly bodyBytesMax?: number;
  /** Answer to a genuine delivery whose payload is quarantined. Default 202: a partner that retries would only repeat it. */
  readonly onInvalidPayload?: 202 | 422;
  /** Answer to a known delivery with another payload, which is quarantined. Default 409. */
  readonly onConflict?: 409 | 202;
  /** Days for which repeats are recognised. Default 40; at least twice the tolerance and the provider's own retries. */
  readonly replayHorizonDays?: number;
  /** Days that raw deliveries and quarantine are kept. Default 400; at least the replay horizon. */
  readonly retentionDays?: number;
  /** Requests worked on at once. Default as many as the account allows. */
  readonly maxConcurrency?: number;
}

/** A checked, frozen webhook fence with its defaults filled in. */
export interface WebhookFence extends Treaty {
  readonly kind: 'webhook-fence';
  readonly direction: 'inbound';
  readonly tenant: Tenant;
  readonly route: string;
  /** Methods of the route: POST, and GET where the scheme proves the address so. */
  readonly methods: readonly ('POST' | 'GET')[];
  readonly scheme: Provider | WebhookScheme;
  readonly url: string | undefined;
  readonly secrets: { readonly rotationDays: number | undefined };
  readonly idempotency: FenceIdempotency;
  readonly body: 'json' | 'form';
  readonly accepts: readonly AnyAcceptance[];
  readonly skips: readonly DeliverySkip[];
  readonly payloadHash: 'body' | { readonly fields: readonly string[] };
  readonly sequenceFrom: string | undefined;
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  readonly tenantQuota: { readonly requests: number; readonly perSeconds: number } | undefined;
  readonly allowFrom: readonly string[] | undefined;
  readonly bodyBytesMax: number;
  readonly onInvalidPayload: 202 | 422;
  readonly onConflict: 409 | 202;
  readonly replayHorizonDays: number;
  readonly retentionDays: number;
  readonly maxConcurrency: number | undefined;
}

export const webhookFenceOptions = [
  ...treatyOptions,
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

/** Every event that a fence may emit, once each. */
export const eventsOf = (fence: Pick<WebhookFence, 'accepts'>): readonly EventContract[] => [
  ...new Set(fence.accepts.flatMap(rule => rule.events)),
];

/** Where deliveries are asked after, as a route of the gateway. */
export const statusRoute = ({ route }: Pick<WebhookFence, 'route'>): string =>
  `${route}/status/{correlationId}`;

/** Name of a fence's secret in Secrets Manager. */
export const secretName = (stage: string, id: string): string => `edge/${stage}/${id}`;
