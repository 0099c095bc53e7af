import type { Place } from './webhook-place.ts';

/** How a provider checks that the address is ours, and the answer that it wants. */
export interface Handshake {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS';
  /** Which requests: each place has a value, and the one given. Default: every request of the method. */
  readonly when?: readonly HandshakeCondition[];
  /**
   * What proves the asker. `scheme`: the request is verified as a delivery is. `token`: one of the fence's `handshake` secrets is at that
   * place. `none`: anyone is answered, so the answer must be worth nothing to others.
   */
  readonly proof: 'scheme' | 'none' | { readonly token: Place };
  readonly answer: HandshakeAnswer;
  /** Read this address too, to confirm a subscription. Only an address that fits one of `urls` (see `CertificateRule`). */
  readonly visit?: { readonly field: string; readonly urls: readonly string[] };
}

export type HandshakeCondition = Place & { readonly is?: string };

/**
 * Text with `{header:name}`, `{query:name}` and `{field:/pointer}`: what the request has there is sent back, if it is plain text of
 * bounded length. In the `of` of a digest also `{url}`, and `{handshake}`, the fence's secret of that name.
 */
export interface HandshakeAnswer {
  /** Default 200. */
  readonly status?: 200 | 204;
  /** Body, as `text/plain`. */
  readonly text?: string;
  /** Body, as JSON. */
  readonly json?: Readonly<Record<string, string | number | Digest>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A value that is computed. HMACs are keyed with the secret that signed the request, else with `current`. */
export interface Digest {
  readonly digest: 'hmac-sha256' | 'sha256';
  readonly of: string;
  readonly encoding: 'hex' | 'base64';
  readonly prefix?: string;
}

/** Whether the fence needs a secret that only proves its address. */
export const hasHandshakeSecret = ({
  handshakes = [],
}: {
  readonly handshakes?: readonly Handshake[];
}): boolean =>
  handshakes.some(
    ({ proof, answer }) =>
      typeof proof === 'object' || digestsOf(answer).some(({ of }) => of.includes('{handshake}')),
  );

const digestsOf = ({ json = {} }: HandshakeAnswer): readonly Digest[] =>
  Object.values(json).flatMap(value => (typeof value === 'object' ? [value] : []));

/**
 * Whether anyone has text of their own signed with the fence's secret, as X and LinkedIn ask for. What is signed so holds no bracket
 * (see `digestOf`), so it is no JSON object or list; a form or a token could be written so.
 */
export const signsForAnyone = ({
  handshakes = [],
}: {
  readonly handshakes?: readonly Handshake[];
}): boolean =>
  handshakes.some(
    ({ proof, answer }) =>
      proof === 'none' && digestsOf(answer).some(({ digest }) => digest === 'hmac-sha256'),
  );
