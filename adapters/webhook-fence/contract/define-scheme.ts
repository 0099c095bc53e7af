import { deepFreeze } from '#shared/contract/options.ts';
import type { SignatureEncoding } from './webhook-encoding.ts';
import type { Algorithm, SignedScheme, TokenScheme, WebhookScheme } from './webhook-scheme.ts';
import { checkScheme } from './webhook-scheme-checks.ts';

/**
 * Declares how to verify that a provider sent a request.
 * @example
 * defineScheme({
 *   kind: 'signed',
 *   name: 'acme',
 *   signature: { header: 'x-acme-signature', prefix: 'sha256=' },
 *   signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
 *   content: '{timestamp}.{body}',
 *   timestamp: { from: { header: 'x-acme-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
 * });
 * @throws ContractError on an unknown option or placeholder, a body or timestamp that is not signed, parts without a border, keys
 * that could be mistaken.
 */
export function defineScheme<const S extends WebhookScheme>(scheme: S): S {
  checkScheme(scheme);
  return deepFreeze({ ...scheme });
}

/** A keyed hash of the body in one header: what most senders without an SDK do. */
export const hmacScheme = (spec: {
  readonly name: string;
  readonly header: string;
  readonly algorithm?: Extract<Algorithm, `hmac-${string}`>;
  readonly encoding?: SignatureEncoding;
  readonly prefix?: string;
  readonly idHeader?: string;
}): SignedScheme =>
  defineScheme({
    kind: 'signed',
    name: spec.name,
    signature: { header: spec.header, ...(spec.prefix && { prefix: spec.prefix }) },
    signers: [{ algorithm: spec.algorithm ?? 'hmac-sha256', encoding: spec.encoding ?? 'hex' }],
    content: '{body}',
    ...(spec.idHeader && { id: { header: spec.idHeader } }),
  });

/** A shared secret in a header of the partner's choosing. */
export const apiKeyScheme = (spec: { readonly name: string; readonly header: string }): TokenScheme =>
  defineScheme({ kind: 'token', name: spec.name, token: { header: spec.header } });
