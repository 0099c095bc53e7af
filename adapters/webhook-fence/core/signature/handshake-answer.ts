import { createHmac, hash } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { Digest, Handshake } from '../../contract/webhook-handshake.ts';
import { isPinned } from '../../contract/webhook-pinned-url.ts';
import type { Place } from '../../contract/webhook-place.ts';
import { type Placeholder, templateParts } from '../../contract/webhook-template.ts';
import { equalInConstantTime } from './constant-time.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import type { Secret } from './secret.ts';

/** The answer to a handshake; no event comes of it. */
export interface HandshakeReply {
  readonly statusCode: 200 | 204;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** To be read once before the answer: it confirms the subscription. */
  readonly visit: string | undefined;
}

export interface Asked {
  readonly request: WebhookRequest;
  readonly secrets: readonly Secret[];
  /** Of the secret that signed the request, if one did. */
  readonly secretIndex: number | undefined;
}

/** Browsers must not take for markup what is sent back as it came. */
const asText = { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' };

export function replyTo({ answer, visit }: Handshake, asked: Asked): HandshakeReply | Refusal {
  const { status = 200, text, json, headers = {} } = answer;
  const filledHeaders = eachFilled(headers, value => filled(value, asked));
  if (isRefusal(filledHeaders)) return filledHeaders;
  const address = visit && pinnedAddress(visit, asked.request);
  if (isRefusal(address)) return address;
  const body = json ? eachFilled(json, value => jsonValue(value, asked)) : filled(text ?? '', asked);
  if (isRefusal(body)) return body;
  return {
    statusCode: status,
    headers: { ...(json ? { 'content-type': 'application/json' } : asText), ...filledHeaders },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    visit: address,
  };
}

/** The first refusal, if one of the values cannot be filled. */
function eachFilled<V, F extends string | number>(
  values: Readonly<Record<string, V>>,
  fill: (value: V) => F | Refusal,
): Record<string, F> | Refusal {
  const all: Record<string, F> = {};
  for (const [name, value] of Object.entries(values)) {
    const one = fill(value);
    if (isRefusal(one)) return one;
    all[name] = one;
  }
  return all;
}

function jsonValue(value: string | number | Digest, asked: Asked): string | number | Refusal {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? filled(value, asked) : digestOf(value, asked);
}

function filled(template: string, asked: Asked): string | Refusal {
  let text = '';
  for (const part of templateParts(template)) {
    const piece = 'text' in part ? part.text : pieceOf(part, asked);
    if (isRefusal(piece)) return piece;
    text += piece;
  }
  return text;
}

function pieceOf({ name, of }: Placeholder, { request, secrets }: Asked): string | Refusal {
  if (name === 'url') return request.url.replace(/[?#].*$/s, '');
  if (name === 'handshake') return secrets.find(({ use }) => use === 'handshake')?.value ?? noSecret;
  const value = valueAt(placeOf(name, of), request);
  return typeof value === 'string' && isPlain(value)
    ? value
    : refusal('MALFORMED_HANDSHAKE', `${name} ${of} is not there, or no short plain text`);
}

const placeOf = (name: string, of: string): Place =>
  name === 'header' ? { header: of } : name === 'query' ? { query: of } : { field: of };

const noSecret = refusal('NO_USABLE_SECRET', 'the fence has no handshake secret');

/** What is sent back as it came may hold nothing that a browser could take for markup. */
const isPlain = (text: string): boolean =>
  text.length <= limits.webhookChallengeCharactersMax && /^[A-Za-z0-9 ._~+/=:;,@|!*()[\]{}?-]+$/.test(text);

function digestOf({ digest, of, encoding, prefix = '' }: Digest, asked: Asked): string | Refusal {
  const text = filled(of, asked);
  if (isRefusal(text)) return text;
  if (digest === 'sha256') return prefix + hash('sha256', text, encoding);
  if (/[[{]/.test(text)) return couldBeDelivery;
  const signing =
    asked.secrets[asked.secretIndex ?? asked.secrets.findIndex(({ use }) => use !== 'handshake')];
  return signing ? prefix + createHmac('sha256', signing.value).update(text).digest(encoding) : noSecret;
}

/** The secret signs deliveries too: whoever could have any text signed could send any. */
const couldBeDelivery = refusal('MALFORMED_HANDSHAKE', 'the text to be signed holds a bracket, as JSON does');

function pinnedAddress(
  { field, urls }: NonNullable<Handshake['visit']>,
  request: WebhookRequest,
): string | Refusal {
  const address = valueAt({ field }, request);
  if (isRefusal(address)) return address;
  return address !== undefined && isPinned(address, urls)
    ? address
    : refusal('MALFORMED_HANDSHAKE', `${field} is no address that the contract pins`);
}

/** Whether the token agreed when the webhook was set up is at its place. */
export function hasHandshakeToken(
  place: Place,
  { request, secrets }: Pick<Asked, 'request' | 'secrets'>,
): true | Refusal {
  const token = valueAt(place, request);
  if (isRefusal(token)) return token;
  if (token === undefined)
    return refusal('MALFORMED_HANDSHAKE', 'the token that proves the asker is missing');
  const matches = secrets.map(
    ({ use, value }) => equalInConstantTime(token, value) && use === 'handshake' && value !== '',
  );
  return matches.includes(true) || refusal('SIGNATURE_MISMATCH', 'the verify token is not a valid one');
}
