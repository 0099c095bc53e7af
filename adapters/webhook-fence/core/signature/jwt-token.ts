import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { limits } from '#shared/contract/limits.ts';
import { placeInWords } from '../../contract/webhook-place.ts';
import type { JwtScheme } from '../../contract/webhook-scheme.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/** The compact token as presented. */
export function presentedJwt({ token }: JwtScheme, request: WebhookRequest): string | Refusal {
  const value = valueAt(token, request);
  if (isRefusal(value)) return value;
  if (value === undefined) return refusal('NO_SIGNATURE', `${placeInWords(token)} is missing`);
  const { prefix = '' } = token;
  if (!value.toLowerCase().startsWith(prefix.toLowerCase()))
    return refusal('MALFORMED_SIGNATURE', 'the agreed prefix is missing');
  const text = value.slice(prefix.length);
  return text.length <= limits.webhookTokenCharactersMax && written.test(text)
    ? text
    : refusal('MALFORMED_SIGNATURE', 'the token is no compact JSON Web Token');
}

/** Not believed before the signature is checked: it only says which key to use. */
export function headOfJwt(token: string): ProtectedHeaderParameters | Refusal {
  try {
    return decodeProtectedHeader(token);
  } catch {
    // The library says no more than that it is none.
    return refusal('MALFORMED_SIGNATURE', 'the token is no JSON Web Token');
  }
}

/** RFC 7515, compact serialisation; the payload of a detached one is empty. */
const written = /^[\w-]+\.[\w-]*\.[\w-]+$/;
