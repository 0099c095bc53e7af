import { isPinned } from '../../contract/webhook-pinned-url.ts';
import { placeInWords } from '../../contract/webhook-place.ts';
import type { CertificateRule, WebhookScheme } from '../../contract/webhook-scheme.ts';
import { isUnsignedHandshake } from './handshake.ts';
import type { KeyDocumentRequest } from './key-document-request.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/** What must be read to verify this request. Only an address that the contract pins. Undefined: nothing. */
export async function keyDocumentOf(
  scheme: WebhookScheme,
  request: WebhookRequest,
): Promise<KeyDocumentRequest | undefined | Refusal> {
  if (scheme.kind === 'token' || isUnsignedHandshake(scheme, request)) return undefined;
  if (scheme.kind === 'jwt') return (await import('./jwt-document.ts')).documentOfJwt(scheme, request);
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
