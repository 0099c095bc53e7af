import type { SignatureEncoding } from './webhook-encoding.ts';
import type { Handshake } from './webhook-handshake.ts';
import type { JwtRules } from './webhook-jwt.ts';
import type { HeaderNames, Place } from './webhook-place.ts';

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
  'zoom',
  'zendesk',
  'discord',
  'docusign',
  'xero',
  'intercom',
  'typeform',
  'basic-auth',
  'api-key',
] as const;

export type Provider = (typeof providers)[number];

/** `sha256` is a plain hash, for senders that hash the secret with the body: the content must hold `{secret}`. */
export const algorithms = [
  'hmac-sha1',
  'hmac-sha256',
  'hmac-sha512',
  'sha256',
  'ed25519',
  'ecdsa-p256-sha256',
  'rsa-sha1',
  'rsa-sha256',
  'rsa-sha512',
] as const;

export type Algorithm = (typeof algorithms)[number];

/** How a secret becomes a key. Public keys: ed25519 as its 32 bytes, others as SPKI DER; `pem` for any of them. */
export interface KeyForm {
  readonly encoding: 'utf8' | 'hex' | 'base64' | 'pem';
  /** Told before the key, such as `whsec_`. A secret without it is not used: it says which signer a secret is for. */
  readonly prefix?: string;
  /** The provider also shows its keys without the prefix. One signer of a scheme may say so. */
  readonly prefixOptional?: boolean;
  /** The key is the hash of the secret, as Braintree's is. */
  readonly hashed?: 'sha1';
}

/** One way in which the sender signs. Several may be valid at once, such as Standard Webhooks' v1 and v1a. */
export interface Signer {
  /** Name of the list element that carries this signer's signatures; only where the signature is in a list. */
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

/** Where the signatures are. Of several headers each may carry one (DocuSign's numbered ones): one that is valid is enough. */
export type SignatureRule = ({ readonly header: HeaderNames } | { readonly field: string }) & {
  /** Text before the single signature, such as `sha256=`. */
  readonly prefix?: string;
  /** The signature is in a list; elements that no signer names are ignored. */
  readonly elements?: Elements;
};

/** How a time is written: a whole number since 1970, `2026-11-20T08:00:00Z`, or `Fri, 20 Nov 2026 08:00:00 GMT`. */
export type TimeFormat = 'seconds' | 'milliseconds' | 'rfc3339' | 'http-date';

export interface TimestampRule {
  /** A header of its own, an element of the signature header, or a field of the signed body. */
  readonly from: { readonly header: HeaderNames } | { readonly element: string } | { readonly field: string };
  readonly format: TimeFormat;
  /** Allowed both ways around the receipt time. A request can be replayed for twice as long: deliveries are remembered for longer. */
  readonly toleranceSeconds: number;
}

/** What a genuine request must also say, such as the topic that is ours: the signature of a large service alone proves little. */
export interface Expectation {
  readonly field: string;
  readonly is: string | readonly string[];
}

/**
 * The sender's certificate (X.509, PEM) is at an address that the request names. It is read only from one of the `urls`, over HTTPS.
 * `*` stands for letters, digits and `_.~-` of a path, or for the rest of a query; the host is always complete.
 */
export interface CertificateRule {
  readonly from: { readonly header: string } | { readonly field: string };
  readonly urls: readonly string[];
}

interface Common {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** Names the delivery, for duplicates. Signed only where the content holds `{id}`. */
  readonly id?: { readonly header: HeaderNames };
  /** How the provider checks that the address is ours. The first that fits a request answers it. */
  readonly handshakes?: readonly Handshake[];
  /**
   * Fields of the body that the sender changes when it tries again, such as Stripe's `/pending_webhooks`: JSON pointers, or names of a
   * form's fields. A repeat may differ in them. A timestamp or a signature in the body is one of them without being named.
   */
  readonly retryFields?: readonly string[];
}

export interface SignedScheme extends Common {
  readonly kind: 'signed';
  /** Absent only for content whose signatures are in its items (`adyen-payment`). */
  readonly signature?: SignatureRule;
  readonly signers: readonly Signer[];
  /**
   * What is signed: literal text with `{id}`, `{timestamp}`, `{method}`, `{path}`, `{url}`, `{body}`, `{crc32}` (of the body, in decimal),
   * `{form}` (form fields sorted by name, names and values joined without separators), `{header:name}`, `{field:/pointer}`,
   * `{signedHeaders:name}` (the headers that this one lists, `name:value` in order, joined by `;`) and, for `sha256`, `{secret}` at the
   * beginning. `{url}` is the address the partner calls, `{path}` its path and query; `{decodedUrl}` the address with
   * HubSpot's list of escapes decoded. Text must separate parts where one could be mistaken for a piece of another: on both sides of
   * `{id}`, and between parts of any length, except an address beside a JSON body. Or a named rule that no template can express.
   */
  readonly content: string | { readonly named: NamedContent };
  readonly timestamp?: TimestampRule;
  /** The signature does not cover the body: anyone who saw a genuine request can change it while the timestamp is fresh. Say why that is acceptable. */
  readonly unsignedBody?: { readonly reason: string };
  readonly certificate?: CertificateRule;
  readonly expects?: readonly Expectation[];
}

export const namedContents = ['twilio', 'adyen-payment', 'aws-sns'] as const;

export type NamedContent = (typeof namedContents)[number];

/** No signature: the request carries the secret itself. Proves the sender, not the content. */
export interface TokenScheme extends Common {
  readonly kind: 'token';
  /** A field may hold `*` for each item of a list; all must be the token. A query is part of an address, so keep it secret. */
  readonly token: Place & {
    /** Authentication scheme before the token, in any case, such as `Basic `. */
    readonly prefix?: string;
    /** Default `plain`. Basic authentication is `base64`: the secret is `user:password`. */
    readonly encoding?: 'plain' | 'base64';
  };
}

export interface JwtScheme extends Common, JwtRules {
  readonly kind: 'jwt';
}

export type WebhookScheme = SignedScheme | TokenScheme | JwtScheme;

/** All fields of the body that change from one try to the next. */
export function retryFieldsOf(scheme: WebhookScheme): readonly string[] {
  const { retryFields = [] } = scheme;
  if (scheme.kind !== 'signed') return retryFields;
  const { signature, timestamp } = scheme;
  return [...retryFields, ...fieldIn(signature), ...fieldIn(timestamp?.from)];
}

const fieldIn = (place: object | undefined): readonly string[] =>
  place && 'field' in place ? [String(place.field)] : [];
