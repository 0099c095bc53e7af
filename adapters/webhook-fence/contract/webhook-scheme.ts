/** Providers whose scheme the suite knows; a contract names one of them or defines its own. */
export const providers = [
  'standard-webhooks',
  'svix',
  'stripe',
  'github',
  'shopify',
  'slack',
  'twilio',
  'sendgrid',
  'paddle',
  'hubspot',
  'square',
  'adyen',
  'linear',
  'gitlab',
  'meta',
  'vercel',
  'webflow',
  'basic-auth',
  'api-key',
] as const;

export type Provider = (typeof providers)[number];

export type Algorithm = 'hmac-sha1' | 'hmac-sha256' | 'hmac-sha512' | 'ed25519' | 'ecdsa-p256-sha256';

/** How a signature is written. Compared as text: `hex` is lower case, base64 is canonical with its padding. */
export type SignatureEncoding = 'hex' | 'hex-upper' | 'base64' | 'base64url';

/** How a secret becomes a key. Public keys: ed25519 as its 32 bytes, ecdsa as SPKI DER. */
export interface KeyForm {
  readonly encoding: 'utf8' | 'hex' | 'base64';
  /** Told before the key, such as `whsec_`. A secret without it is not used: it says which signer a secret is for. */
  readonly prefix?: string;
}

/** One way in which the sender signs. Several may be valid at once, such as Standard Webhooks' v1 and v1a. */
export interface Signer {
  /** Name of the list element that carries this signer's signatures; only where the header is a list. */
  readonly element?: string;
  readonly algorithm: Algorithm;
  readonly encoding: SignatureEncoding;
  /** Default: the secret's UTF-8 bytes. */
  readonly key?: KeyForm;
}

/** `t=1,v1=ab,v1=cd` is `{separator: ',', assignment: '='}`; `v1,ab v1a,cd` is `{separator: ' ', assignment: ','}`. */
export interface Elements {
  readonly separator: string;
  readonly assignment: string;
}

export interface SignatureHeader {
  readonly header: string;
  /** Text before the single signature, such as `sha256=`. */
  readonly prefix?: string;
  /** The header is a list; elements that no signer names are ignored. */
  readonly elements?: Elements;
}

export interface TimestampRule {
  /** A header of its own, an element of the signature header, or a top-level number in the signed JSON body. */
  readonly from: { readonly header: string } | { readonly element: string } | { readonly bodyField: string };
  readonly unit: 'seconds' | 'milliseconds';
  /** Allowed both ways around the receipt time. A request can be replayed for twice as long: deliveries are remembered for longer. */
  readonly toleranceSeconds: number;
}

/** What a provider sends to check that the address is ours. */
export type Handshake = 'slack-url-verification' | 'meta-hub-challenge';

interface Common {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** Names the delivery, for duplicates. Signed only where the content holds `{id}`. */
  readonly id?: { readonly header: string };
  readonly handshake?: Handshake;
  /**
   * JSON pointers to fields of the body that the sender changes when it tries again, such as Stripe's `/pending_webhooks`. A repeat
   * may differ in them. A timestamp in the body is one of them without being named.
   */
  readonly retryFields?: readonly string[];
}

export interface SignedScheme extends Common {
  readonly kind: 'signed';
  /** Absent only for content whose signatures are in the body (`adyen-payment`). */
  readonly signature?: SignatureHeader;
  readonly signers: readonly Signer[];
  /**
   * What is signed: literal text with `{id}`, `{timestamp}`, `{method}`, `{url}`, `{body}` and `{form}` (form fields sorted by name,
   * names and values joined without separators). `{url}` is the address the partner calls; `{decodedUrl}` the same with HubSpot's
   * list of escapes decoded. Text must separate parts where one could be mistaken for a piece of another: on both sides of `{id}`, and
   * between parts of any length, except an address beside a JSON body. Or a named rule that no template can express.
   */
  readonly content: string | { readonly named: 'twilio' | 'adyen-payment' };
  readonly timestamp?: TimestampRule;
}

/** No signature: the request carries the secret itself. Proves the sender, not the content. */
export interface TokenScheme extends Common {
  readonly kind: 'token';
  readonly token: {
    readonly header: string;
    /** Authentication scheme before the token, in any case, such as `Basic `. */
    readonly prefix?: string;
    /** Default `plain`. Basic authentication is `base64`: the secret is `user:password`. */
    readonly encoding?: 'plain' | 'base64';
  };
}

export type WebhookScheme = SignedScheme | TokenScheme;

/**
 * What a valid signature or token covers: the body's bytes, its form fields, some of its fields, or only the sender. Anyone who saw
 * one genuine request can have changed what is not covered.
 */
export function coverageOf(scheme: WebhookScheme): 'body' | 'form' | 'fields' | 'sender' {
  if (scheme.kind === 'token') return 'sender';
  if (typeof scheme.content === 'string') return scheme.content.includes('{body}') ? 'body' : 'form';
  return scheme.content.named === 'twilio' ? 'form' : 'fields';
}

/** Pointers to all fields of the body that change from one try to the next. */
export function retryFieldsOf(scheme: WebhookScheme): readonly string[] {
  const { retryFields = [] } = scheme;
  const from = scheme.kind === 'signed' ? scheme.timestamp?.from : undefined;
  return from && 'bodyField' in from ? [...retryFields, `/${from.bodyField}`] : retryFields;
}
