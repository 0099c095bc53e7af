import { limits } from '#shared/contract/limits.ts';
import { toldFromAddress } from './webhook-content-borders.ts';
import { type Coverage, coverageOf, signedFieldsOf } from './webhook-coverage.ts';
import type { WebhookFence } from './webhook-fence.ts';
import { type Handshake, signsForAnyone } from './webhook-handshake.ts';
import type { Provider, WebhookScheme } from './webhook-scheme.ts';
import { holdsPlaceholder } from './webhook-template.ts';

/** What a contract and its infrastructure must know of a scheme. */
export interface SchemeTraits {
  /** Whether requests carry an id of the delivery, and whether the signature covers it. */
  readonly id: 'none' | 'unsigned' | 'signed';
  /** What a passed check vouches for. */
  readonly covers: Coverage;
  /** Where it covers some fields: those that are covered completely. */
  readonly signedFields: readonly string[];
  /** The partner-facing address is part of what is signed. */
  readonly signsUrl: boolean;
  /** The answer to a handshake holds a hash of it, which proves nothing of a delivery. */
  readonly digestsUrl: boolean;
  /** A form could be forged: the address beside it leaves open where it begins, a plain hash can be continued, or a handshake signs it. */
  readonly jsonOnly: boolean;
  /** The other methods than POST with which the provider checks the address. */
  readonly handshakeMethods: readonly Exclude<Handshake['method'], 'POST'>[];
  /** The provider publishes the key, which therefore proves no tenant. */
  readonly publishedKey: boolean;
  readonly toleranceSeconds: number;
  /** Days over which the provider may deliver again; 0 where it is not known or it never does. */
  readonly retryDays: number;
}

const plain: SchemeTraits = {
  id: 'none',
  covers: 'body',
  signedFields: [],
  signsUrl: false,
  digestsUrl: false,
  jsonOnly: false,
  handshakeMethods: [],
  publishedKey: false,
  toleranceSeconds: 0,
  retryDays: 0,
};

/**
 * Known providers. All but `retryDays` follows from the table of schemes, and a test holds them together. `retryDays` is read from
 * the documentation of Adyen ("up to 30 days"), Svix (eight attempts in 27.6 hours) and Webflow (three attempts); the others are
 * from memory, rounded up. They only bound contracts that ask for less than the default horizon of 40 days.
 */
const known: Readonly<Record<Provider, Partial<SchemeTraits>>> = {
  'standard-webhooks': { id: 'signed', toleranceSeconds: 300, retryDays: 4 },
  svix: { id: 'signed', toleranceSeconds: 300, retryDays: 2 },
  stripe: { toleranceSeconds: 300, retryDays: 3 },
  /** None by itself; people may redeliver. */
  github: { id: 'unsigned', retryDays: 3 },
  shopify: { id: 'unsigned', retryDays: 2 },
  slack: { toleranceSeconds: 300, retryDays: 1 },
  twilio: { id: 'unsigned', covers: 'form', signsUrl: true, retryDays: 1 },
  sendgrid: { toleranceSeconds: 300, retryDays: 3 },
  paddle: { toleranceSeconds: 30, retryDays: 3 },
  hubspot: { signsUrl: true, jsonOnly: true, toleranceSeconds: 300, retryDays: 3 },
  square: { signsUrl: true, jsonOnly: true, retryDays: 3 },
  adyen: { covers: 'fields', retryDays: 30 },
  linear: { id: 'unsigned', toleranceSeconds: 60, retryDays: 1 },
  gitlab: { id: 'unsigned', covers: 'sender', retryDays: 1 },
  meta: { handshakeMethods: ['GET'], retryDays: 7 },
  vercel: { retryDays: 1 },
  webflow: { toleranceSeconds: 300, retryDays: 1 },
  zoom: { toleranceSeconds: 300, retryDays: 1 },
  zendesk: { id: 'unsigned', toleranceSeconds: 300, retryDays: 1 },
  discord: { toleranceSeconds: 300, retryDays: 1 },
  docusign: { retryDays: 15 },
  xero: { retryDays: 1 },
  intercom: { retryDays: 1 },
  typeform: { retryDays: 1 },
  'basic-auth': { covers: 'sender' },
  'api-key': { covers: 'sender' },
};

/**
 * Whether the id header alone names a delivery: it is signed, or nothing is (it then proves as much as the token), or the contract
 * trusts it.
 */
export const isNamedById = ({
  idempotency,
  scheme,
}: Pick<WebhookFence, 'idempotency' | 'scheme'>): boolean => {
  const { id, covers } = traitsOf(scheme);
  const isTrusted = id === 'signed' || covers === 'sender' || idempotency.trustUnsignedId !== undefined;
  return idempotency.key === 'delivery-id' && isTrusted;
};

export const traitsOf = (scheme: Provider | WebhookScheme): SchemeTraits =>
  typeof scheme === 'string' ? { ...plain, ...known[scheme] } : traitsOfDeclared(scheme);

/** The traits of a scheme that is given as data. Only its author knows its retries: `replayHorizonDays` covers them. */
export function traitsOfDeclared(scheme: WebhookScheme): SchemeTraits {
  const template = scheme.kind === 'signed' && typeof scheme.content === 'string' ? scheme.content : '';
  const isTwilio =
    scheme.kind === 'signed' && typeof scheme.content !== 'string' && scheme.content.named === 'twilio';
  return {
    id: idOf(scheme, template),
    covers: coverageOf(scheme),
    signedFields: signedFieldsOf(scheme),
    signsUrl: isTwilio || holdsPlaceholder(template, 'url', 'decodedUrl', 'path'),
    digestsUrl: digestsUrl(scheme),
    jsonOnly: !toldFromAddress(template) || holdsPlaceholder(template, 'secret') || isSignedForAnyone(scheme),
    handshakeMethods: [
      ...new Set((scheme.handshakes ?? []).flatMap(({ method }) => (method === 'POST' ? [] : [method]))),
    ],
    publishedKey: hasPublishedKey(scheme),
    toleranceSeconds: toleranceOf(scheme),
    retryDays: 0,
  };
}

/** A token of the sender's is not proved by a signature. */
const isSignedForAnyone = (scheme: WebhookScheme): boolean =>
  scheme.kind === 'signed' && signsForAnyone(scheme);

function idOf({ id }: WebhookScheme, template: string): SchemeTraits['id'] {
  if (!id) return 'none';
  return holdsPlaceholder(template, 'id') ? 'signed' : 'unsigned';
}

const hasPublishedKey = (scheme: WebhookScheme): boolean =>
  scheme.kind === 'jwt'
    ? scheme.keys !== 'secret'
    : scheme.kind === 'signed' && scheme.certificate !== undefined;

/** The answer to a handshake can prove the address with a hash of it. */
const digestsUrl = ({ handshakes = [] }: WebhookScheme): boolean =>
  handshakes.some(({ answer }) =>
    Object.values(answer.json ?? {}).some(
      value => typeof value === 'object' && holdsPlaceholder(value.of, 'url'),
    ),
  );

function toleranceOf(scheme: WebhookScheme): number {
  if (scheme.kind === 'jwt') return scheme.toleranceSeconds ?? 0;
  return (scheme.kind === 'signed' && scheme.timestamp?.toleranceSeconds) || 0;
}

/** Replays pass for twice the tolerance, retries for as long as the provider retries. In full days, at least one. */
export const replayDaysMin = ({ toleranceSeconds, retryDays }: SchemeTraits): number =>
  Math.max(1, retryDays, Math.ceil((2 * toleranceSeconds) / limits.secondsADay));
