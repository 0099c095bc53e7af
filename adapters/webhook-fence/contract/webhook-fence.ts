import type { ContractBase } from '#shared/contract/contract-base.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import type { ProviderListing } from './provider-listing.ts';
import type { FenceAnswers, FenceAnswersSpec } from './webhook-answers.ts';
import type { AnyAcceptance, DeliverySkip } from './webhook-delivery.ts';
import type { Handshake } from './webhook-handshake.ts';
import type { Provider, WebhookScheme } from './webhook-scheme.ts';
import type { FenceTenant } from './webhook-tenant.ts';

/** Rules for the fence's secret. */
export interface FenceSecrets {
  /** Days after which an unchanged secret raises the alarm `secret-overdue`. Default none. */
  readonly rotationDays?: number;
  /**
   * A fence that speaks for several tenants has secrets for each of them, and a request that names another tenant than its secret's
   * is quarantined as TENANT_MISMATCH. With this, one secret is for all: whoever has it can send for every tenant.
   */
  readonly sharedByTenants?: { readonly reason: string };
}

export interface FenceIdempotency {
  /**
   * What names a delivery, so that repeats are recognised. `delivery-id`: the scheme's id header; if the signature does not cover
   * it, the signed content names the delivery, and the same id must not come with other content. `content`: only the signed
   * content. `{bodyField}`: a JSON pointer to an id in the payload (or a form's field), such as Stripe's `/id`; only where
   * the signature fixes each field, which Twilio's, Adyen's and those of `{form}` do not.
   */
  readonly key: 'delivery-id' | 'content' | { readonly bodyField: string };
  /**
   * With `delivery-id`, what names a delivery that came without the id header, where the scheme does not sign the id. `content`: its
   * content, so that two deliveries with equal bytes are one. `{header}`: its content with another header that tells deliveries
   * apart, such as GitLab's `x-gitlab-event-uuid`. Default none: the request is answered 400 and kept for release.
   */
  readonly otherwise?: 'content' | { readonly header: string };
  /**
   * With `delivery-id`, of a scheme whose signature does not cover the id (GitHub, Shopify, Twilio, Linear): the id names the delivery
   * all the same, so that equal bytes under two ids are two deliveries and two events. The consequence: anyone who saw one genuine
   * request can send it again under new ids, and each makes the event again, as long as its signature is fresh. Where the scheme
   * signs no time, that is for ever. Consumers must bear that. A request without the id is answered 400. The runbook shows the reason.
   */
  readonly trustUnsignedId?: { readonly reason: string };
}

export interface FenceRejects {
  /**
   * Refused requests of one cause (genuine, signature does not match, malformed) that are kept in an hour. Beyond it, each of 16
   * groups of addresses can add a twentieth of it. Default 1,000.
   */
  readonly anHour: number;
  /** Days that they are kept. Default and most: 14. */
  readonly keptDays: number;
}

export type FenceRejectsSpec = Partial<FenceRejects>;

export interface WebhookFenceSpec extends ContractBase {
  /** Fixed, or from the payload or the path, and held against those this integration may speak for. */
  readonly tenant: FenceTenant;
  /** Path of the address. Default `/webhooks/<id>`; with `tenant.fromPath` `/webhooks/<id>/{tenant}`. */
  readonly route?: string;
  /** A known provider or `defineScheme(…)`. */
  readonly scheme: Provider | WebhookScheme;
  /** The address as the partner calls it, `https://…`; needed exactly where the scheme signs it. The query is the request's own. */
  readonly url?: string;
  readonly secrets?: FenceSecrets;
  readonly idempotency: FenceIdempotency;
  /** How the body is written. Default `json`. */
  readonly body?: 'json' | 'form';
  /** Name of the form field that holds the JSON, such as GitHub's and Slack's `payload`. Forms then are read so, other bodies as JSON. */
  readonly formField?: string;
  /**
   * Media types that are accepted, in lower case without parameters; `application/*+json` stands for all that end so, and `none` for a
   * request without `content-type`. Default: those of JSON, or of a form if `body` or
   * `formField` says so. A genuine request of another type is answered 415 and kept for
   * release. UTF-8, ASCII and declared ISO 8859-1 are read.
   */
  readonly contentTypes?: readonly string[];
  /** Kinds of deliveries that become events; the first whose `when` holds decides. */
  readonly accepts: readonly AnyAcceptance[];
  /** Deliveries that make no events; checked before the tenant and `accepts` (`otherwise` after). */
  readonly skips?: readonly DeliverySkip[];
  /**
   * What must be the same in a repeat; otherwise it is a conflict. Default `body`: byte for byte, or, if the scheme has
   * `retryFields`, everything but these. Use fields (JSON pointers) if the partner's retries change other parts. For a payload that
   * lacks one of the fields, the body
   * is compared. If the content names deliveries, the fields name them too.
   */
  readonly payloadHash?: 'body' | { readonly fields: readonly string[] };
  /** JSON pointer to a number (epoch seconds or milliseconds) or ISO 8601 text that orders events of one aggregate. Default: the sender's signed clock, else receipt. */
  readonly sequenceFrom?: string;
  /** Requests of everyone together on this route; beyond it API Gateway answers 429. Default 50 a second, 100 at once. */
  readonly throttle?: { readonly ratePerSecond: number; readonly burst: number };
  /** Genuine requests of one tenant; beyond it 429 with Retry-After. Default none. */
  readonly tenantQuota?: { readonly requests: number; readonly perSeconds: number };
  /** Addresses (CIDR) that may call; others get 403. Default everyone: the signature decides. Not behind CloudFront, whose addresses the fence then sees. */
  readonly allowFrom?: readonly string[];
  /** Bytes, unpacked. Default 1 MiB, at most 3,000,000; beyond it 413, and a genuine request of at most 3,000,000 is kept for release. */
  readonly bodyBytesMax?: number;
  /** How deliveries are answered, where the provider wants something else than 202 with JSON. */
  readonly answers?: FenceAnswersSpec;
  /** Days for which repeats are recognised. Default 40; at least twice the tolerance and the provider's own retries. */
  readonly replayHorizonDays?: number;
  /** Days that raw deliveries and quarantine are kept. Default 400; at least the replay horizon. */
  readonly retentionDays?: number;
  /** How many refused requests are kept for release, and for how long. */
  readonly rejects?: FenceRejectsSpec;
  /** How to list what the provider has, so that the reconciler finds what the fence never got. Default: nothing is compared. */
  readonly listing?: ProviderListing;
  /** Requests worked on at once, reserved for this fence. Default: what `throttle` lets in during 0.4 seconds, at least 5. */
  readonly maxConcurrency?: number;
}

/** A checked, frozen webhook fence with its defaults filled in. */
export interface WebhookFence extends ContractBase {
  readonly kind: 'webhook-fence';
  readonly direction: 'inbound';
  readonly tenant: FenceTenant;
  readonly route: string;
  /** Methods of the route: POST, and those with which the provider checks the address. */
  readonly methods: readonly Handshake['method'][];
  readonly scheme: Provider | WebhookScheme;
  readonly url: string | undefined;
  readonly secrets: {
    readonly rotationDays: number | undefined;
    readonly sharedByTenants: { readonly reason: string } | undefined;
  };
  readonly idempotency: FenceIdempotency;
  readonly body: 'json' | 'form';
  readonly formField: string | undefined;
  readonly contentTypes: readonly string[];
  readonly accepts: readonly AnyAcceptance[];
  readonly skips: readonly DeliverySkip[];
  readonly payloadHash: 'body' | { readonly fields: readonly string[] };
  readonly sequenceFrom: string | undefined;
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  readonly tenantQuota: { readonly requests: number; readonly perSeconds: number } | undefined;
  readonly allowFrom: readonly string[] | undefined;
  readonly bodyBytesMax: number;
  readonly answers: FenceAnswers;
  readonly replayHorizonDays: number;
  readonly retentionDays: number;
  readonly rejects: FenceRejects;
  readonly listing?: ProviderListing;
  readonly maxConcurrency: number;
}

/** Every event that a fence may emit, once each. */
export const eventsOf = (fence: Pick<WebhookFence, 'accepts'>): readonly EventContract[] => [
  ...new Set(fence.accepts.flatMap(rule => rule.events)),
];

/** Methods by which providers and monitors look whether there is something at the address, where the scheme has no other use for them. */
export const probeMethodsOf = ({ methods }: Pick<WebhookFence, 'methods'>): readonly ('HEAD' | 'OPTIONS')[] =>
  (['HEAD', 'OPTIONS'] as const).filter(method => !(methods as readonly string[]).includes(method));

/** Route of the status address. */
export const statusRoute = ({ route }: Pick<WebhookFence, 'route'>): string =>
  `${route}/status/{correlationId}`;

/** Name of a fence's secret in Secrets Manager. */
export const secretName = ({ prefix, name }: NamedStage, id: string): string => `${prefix}edge/${name}/${id}`;
