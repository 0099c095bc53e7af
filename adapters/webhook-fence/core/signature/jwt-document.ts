import type { JwtScheme } from '../../contract/webhook-scheme.ts';
import { headOfJwt, presentedJwt } from './jwt-token.ts';
import type { KeyDocumentRequest } from './key-document-request.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/** The published keys that a token names; undefined where the secret or the token itself has them. */
export function documentOfJwt(
  scheme: JwtScheme,
  request: WebhookRequest,
): KeyDocumentRequest | undefined | Refusal {
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
