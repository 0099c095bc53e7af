import { limits } from './limits.ts';
import { coverageOf, type Provider, type WebhookScheme } from './webhook-scheme.ts';

/** What a contract and its infrastructure must know of a scheme. */
export interface SchemeTraits {
  /** Whether requests carry an id of the delivery, and whether the signature covers it. */
  readonly id: 'none' | 'unsigned' | 'signed';
  /** What a passed check vouches for. */
  readonly covers: ReturnType<typeof coverageOf>;
  /** The partner-facing address is part of what is signed. */
  readonly signsUrl: boolean;
  /** The address is proved by a GET request. */
  readonly handshakeByGet: boolean;
  readonly toleranceSeconds: number;
  /** Days over which the provider may deliver again; 0 where it is not known or it never does. */
  readonly retryDays: number;
}

const plain: SchemeTraits = {
  id: 'none',
  covers: 'body',
  signsUrl: false,
  handshakeByGet: false,
  toleranceSeconds: 0,
  retryDays: 0,
};

/**
 * Known providers. All but `retryDays` follows from the table of schemes, and a test holds them together; retries are from the
 * providers' documentation, rounded up to whole days.
 */
const known: Readonly<Record<Provider, Partial<SchemeTraits>>> = {
  /** The specification's example schedule: ten attempts in 75 hours. */
  'standard-webhooks': { id: 'signed', toleranceSeconds: 300, retryDays: 4 },
  /** Eight attempts, the last after 27 hours 35 minutes 5 seconds. */
  svix: { id: 'signed', toleranceSeconds: 300, retryDays: 2 },
  /** "up to three days". */
  stripe: { toleranceSeconds: 300, retryDays: 3 },
  /** None by itself; people and scripts may redeliver what is at most three days old. */
  github: { id: 'unsigned', retryDays: 3 },
  /** Eight times over four hours; older apps saw 48 hours. */
  shopify: { id: 'unsigned', retryDays: 2 },
  /** Three times: at once, after a minute, after five. */
  slack: { toleranceSeconds: 300, retryDays: 1 },
  /** Once on a connection error; five where an override asks for it. */
  twilio: { id: 'unsigned', covers: 'form', signsUrl: true, retryDays: 1 },
  /** "up to 24 hours". */
  sendgrid: { toleranceSeconds: 300, retryDays: 1 },
  /** 60 attempts over three days. */
  paddle: { toleranceSeconds: 30, retryDays: 3 },
  /** Ten attempts over 24 hours. */
  hubspot: { signsUrl: true, toleranceSeconds: 300, retryDays: 1 },
  /** Eleven attempts over 24 hours. */
  square: { signsUrl: true, retryDays: 1 },
  /** Three at once, then from a queue for up to 30 days. */
  adyen: { covers: 'fields', retryDays: 30 },
  /** After a minute, an hour and six hours. */
  linear: { id: 'unsigned', toleranceSeconds: 60, retryDays: 1 },
  gitlab: { id: 'unsigned', covers: 'sender', retryDays: 1 },
  /** "up to 36 hours" for most products, seven days for messages. */
  meta: { handshakeByGet: true, retryDays: 7 },
  /** "up to 24 hours". */
  vercel: { retryDays: 1 },
  /** Three times at ten-minute intervals. */
  webflow: { toleranceSeconds: 300, retryDays: 1 },
  'basic-auth': { covers: 'sender' },
  'api-key': { covers: 'sender' },
};

export const traitsOf = (scheme: Provider | WebhookScheme): SchemeTraits =>
  typeof scheme === 'string' ? { ...plain, ...known[scheme] } : traitsOfDeclared(scheme);

/** Of a scheme as data. A declared scheme's retries are known to its author alone: `replayHorizonDays` says them. */
export function traitsOfDeclared(scheme: WebhookScheme): SchemeTraits {
  const template = scheme.kind === 'signed' && typeof scheme.content === 'string' ? scheme.content : '';
  const isTwilio =
    scheme.kind === 'signed' && typeof scheme.content !== 'string' && scheme.content.named === 'twilio';
  const signedOrNot = template.includes('{id}') ? 'signed' : 'unsigned';
  return {
    id: scheme.id ? signedOrNot : 'none',
    covers: coverageOf(scheme),
    signsUrl: isTwilio || /\{(?:url|decodedUrl)\}/.test(template),
    handshakeByGet: scheme.handshake === 'meta-hub-challenge',
    toleranceSeconds: (scheme.kind === 'signed' && scheme.timestamp?.toleranceSeconds) || 0,
    retryDays: 0,
  };
}

/** Replays pass for twice the tolerance, retries for as long as the provider goes on: whole days, at least one. */
export const replayDaysMin = ({ toleranceSeconds, retryDays }: SchemeTraits): number =>
  Math.max(1, retryDays, Math.ceil((2 * toleranceSeconds) / limits.secondsADay));
