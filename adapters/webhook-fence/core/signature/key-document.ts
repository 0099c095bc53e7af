import { isPinned } from '../../contract/webhook-pinned-url.ts';
import { placeInWords } from '../../contract/webhook-place.ts';
import type { CertificateRule, JwtScheme, WebhookScheme } from '../../contract/webhook-scheme.ts';
import { isUnsignedHandshake } from './handshake.ts';
import { headOfJwt, presentedJwt } from './jwt-token.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/** Keys or a certificate that the provider publishes, to be read before a request can be verified. */
export interface KeyDocumentRequest {
  readonly url: string;
  /** With a body: POST. */
  readonly body?: string;
  /** `{secret}` is filled in by whoever reads it, so that this can name the document in a cache. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same document may be read again if it has no key of this name, because it changes when the provider rotates keys. */
  readonly keyId?: string;
}

/** What must be read to verify this request. Only an address that the contract pins. Undefined: nothing. */
export function keyDocumentOf(
  scheme: WebhookScheme,
  request: WebhookRequest,
): KeyDocumentRequest | undefined | Refusal {
  if (scheme.kind === 'token' || isUnsignedHandshake(scheme, request)) return undefined;
  if (scheme.kind === 'jwt') return documentOfJwt(scheme, request);
  return scheme.certificate && certificateOf(scheme.certificate, request);
}

function certificateOf(
  { from, urls }: CertificateRule,
  request: WebhookRequest,
): KeyDocumentRequest | Refusal {
  const url = valueAt(from, request);
  if (isRefusal(url)) return url;
  if (url === undefined) return refusal('NO_SIGNATURE', `${placeInWords(from)} is missing`);
  return isPinned(url, urls)
    ? { url, headers: {} }
    : refusal('UNKNOWN_KEY', `${placeInWords(from)} is no address that the contract pins`);
}

function documentOfJwt(scheme: JwtScheme, request: WebhookRequest): KeyDocumentRequest | undefined | Refusal {
  const { keys } = scheme;
  if (keys === 'secret' || 'x5c' in keys) return undefined;
  const token = presentedJwt(scheme, request);
  if (isRefusal(token)) return token;
  const keyId = keyIdOf(token);
  if (isRefusal(keyId)) return keyId;
  if ('jwks' in keys) return { url: keys.jwks, headers: {}, keyId };
  const { url, headers = {}, body } = keys.jwk;
  const filled = Object.entries(body).map(([name, value]) => [name, value === '{kid}' ? keyId : value]);
  return { url, headers, body: JSON.stringify(Object.fromEntries(filled)) };
}

function keyIdOf(token: string): string | Refusal {
  const head = headOfJwt(token);
  if (isRefusal(head)) return head;
  const { kid } = head;
  return typeof kid === 'string' && /^[\w.:=/+-]{1,256}$/.test(kid)
    ? kid
    : refusal('UNKNOWN_KEY', 'the token names no key');
}
