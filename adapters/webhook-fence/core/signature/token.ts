import { hash } from 'node:crypto';
import type { TokenScheme } from '../../contract/webhook-scheme.ts';
import { equalInConstantTime } from './constant-time.ts';
import { deliveryId } from './delivery-id.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { headerOf, type WebhookRequest } from './request.ts';
import type { Secret } from './secret.ts';
import type { Verification } from './verification.ts';

/** A request that carries the secret itself. */
export function verifyToken(
  scheme: TokenScheme,
  request: WebhookRequest,
  secrets: readonly Secret[],
): Verification {
  if (!secrets.some(isToken)) return refusal('NO_USABLE_SECRET', 'no secret given is a token');
  const token = presentedToken(scheme, request);
  if (isRefusal(token)) return token;
  const id = deliveryId(request, scheme.id?.header, '');
  if (isRefusal(id)) return id;
  const matches = secrets.map(secret => equalInConstantTime(token, secret.value) && isToken(secret));
  const secretIndex = matches.indexOf(true);
  if (secretIndex < 0) return refusal('SIGNATURE_MISMATCH', 'the token presented is not a valid secret');
  return {
    verified: true,
    secretIndex,
    deliveryId: id,
    isDeliveryIdSigned: false,
    timestamp: undefined,
    contentHash: hash('sha256', request.body),
  };
}

const isToken = ({ use, value }: Secret): boolean => use !== 'handshake' && value !== '';

function presentedToken({ token }: TokenScheme, request: WebhookRequest): string | Uint8Array | Refusal {
  const { header, prefix = '', encoding = 'plain' } = token;
  const value = headerOf(request, header);
  if (isRefusal(value)) return value;
  if (value === undefined) return refusal('NO_SIGNATURE', `${header} is missing`);
  if (!value.toLowerCase().startsWith(prefix.toLowerCase()))
    return refusal('MALFORMED_SIGNATURE', 'the agreed authentication scheme is missing');
  const text = value.slice(prefix.length);
  if (encoding === 'plain') return text;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text
    ? bytes
    : refusal('MALFORMED_SIGNATURE', 'the token is not written in base64');
}
