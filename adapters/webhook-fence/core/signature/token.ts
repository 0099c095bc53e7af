import { hash } from 'node:crypto';
import { placeInWords } from '../../contract/webhook-place.ts';
import type { TokenScheme } from '../../contract/webhook-scheme.ts';
import { equalInConstantTime } from './constant-time.ts';
import { deliveryId } from './delivery-id.ts';
import { fieldOf, plainText, valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Secret } from './secret.ts';
import type { Verification } from './verification.ts';

/** A request that carries the secret itself. */
export function verifyToken(
  scheme: TokenScheme,
  request: WebhookRequest,
  secrets: readonly Secret[],
): Verification {
  if (!secrets.some(isToken)) return refusal('NO_USABLE_SECRET', 'no secret given is a token');
  const tokens = presentedTokens(scheme, request);
  if (isRefusal(tokens)) return tokens;
  const id = deliveryId(request, scheme.id?.header, '');
  if (isRefusal(id)) return id;
  const matches = secrets.map(
    secret => tokens.map(token => equalInConstantTime(token, secret.value)).every(Boolean) && isToken(secret),
  );
  const secretIndex = matches.indexOf(true);
  if (secretIndex < 0) return refusal('SIGNATURE_MISMATCH', 'the token presented is not a valid secret');
  return {
    verified: true,
    secretIndex,
    deliveryId: id,
    timestamp: undefined,
    contentHash: hash('sha256', request.body),
  };
}

const isToken = ({ use, value }: Secret): boolean => use !== 'handshake' && value !== '';

/** At least one. Each item of a list carries its own. */
function presentedTokens(
  { token }: TokenScheme,
  request: WebhookRequest,
): readonly (string | Uint8Array)[] | Refusal {
  const values = valuesAt(token, request);
  if (isRefusal(values)) return values;
  if (values.length === 0) return refusal('NO_SIGNATURE', `${placeInWords(token)} is missing`);
  const tokens = values.map(value => tokenIn(token, value));
  return tokens.find(isRefusal) ?? tokens.flatMap(each => (isRefusal(each) ? [] : [each]));
}

function valuesAt(token: TokenScheme['token'], request: WebhookRequest): readonly string[] | Refusal {
  const value =
    'field' in token && token.field.includes('/*/')
      ? itemValues(token.field, request.body)
      : valueAt(token, request);
  if (value === undefined) return [];
  if (isRefusal(value)) return value;
  return typeof value === 'string' ? [value] : value;
}

/** The values of a field of each item of a list. An item without it makes the request a refusal. */
function itemValues(field: string, body: Uint8Array): readonly string[] | Refusal {
  const [list = '', rest = ''] = field.split('/*/', 2);
  const items = fieldOf(body, list);
  if (isRefusal(items)) return items;
  if (!Array.isArray(items)) return [];
  const values = items.map((_, i) => plainText(fieldOf(body, `${list}/${i}/${rest}`)));
  return values.every(value => value !== undefined)
    ? values
    : refusal('MALFORMED_SIGNATURE', `an item of ${list} has no ${rest}`);
}

function tokenIn(
  { prefix = '', encoding = 'plain' }: TokenScheme['token'],
  value: string,
): string | Uint8Array | Refusal {
  if (!value.toLowerCase().startsWith(prefix.toLowerCase()))
    return refusal('MALFORMED_SIGNATURE', 'the agreed authentication scheme is missing');
  const text = value.slice(prefix.length);
  if (encoding === 'plain') return text;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text
    ? bytes
    : refusal('MALFORMED_SIGNATURE', 'the token is not written in base64');
}
