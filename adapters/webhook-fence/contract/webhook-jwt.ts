import type { SignatureEncoding } from './webhook-encoding.ts';

export const jwtAlgorithms = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'ES256',
  'ES384',
  'EdDSA',
] as const;

export type JwtAlgorithm = (typeof jwtAlgorithms)[number];

/**
 * The keys of a JWT: the fence's secret (shared for `HS…`; else a public key as PEM), a set of keys (JWKS) at an address, one key
 * that is asked for by its `kid`, or a chain of certificates in the token up to a root that is pinned by its SHA-256 fingerprint.
 */
export type JwtKeys =
  | 'secret'
  | { readonly jwks: string }
  | { readonly jwk: KeyQuestion }
  | { readonly x5c: CertificateChain };

/** Asks by POST for one key. `{kid}` and, in headers, `{secret}` are filled in. */
export interface KeyQuestion {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  /** JSON pointers into the answer: the key (JWK), and the time (epoch seconds) after which it is no longer used, or null. */
  readonly at: string;
  readonly expiresAt?: string;
}

export interface CertificateChain {
  /** SHA-256 of the root's DER, 64 hex digits. */
  readonly roots: readonly string[];
  /**
   * Extensions (OIDs) that the first and the second certificate must have: what its authority issued them for. An authority issues
   * certificates to many, so without them anyone with one of these could sign.
   */
  readonly extensions: readonly [leaf: string, intermediate: string];
}

/** The request carries a JSON Web Token (RFC 7519). */
export interface JwtRules {
  /** `detached`: the token's payload is the body (RFC 7515, appendix F). */
  readonly token: ({ readonly header: string } | { readonly field: string }) & {
    readonly prefix?: string;
    readonly detached?: boolean;
  };
  readonly algorithms: readonly JwtAlgorithm[];
  readonly keys: JwtKeys;
  /** Claims that must be there and be one of these values, such as `iss` and `aud`. */
  readonly claims?: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** The claim that holds the hash of the body. Without it the token proves the sender, not the content. */
  readonly bodyHash?: {
    readonly claim: string;
    readonly algorithm: 'sha256' | 'sha512';
    readonly encoding: SignatureEncoding;
  };
  /** How far `iat` may be from the receipt. `exp` and `nbf` are always held, with a minute for clocks that differ. */
  readonly toleranceSeconds?: number;
}
