import type { Handshake, HandshakeCondition } from '../../contract/webhook-handshake.ts';
import type { WebhookScheme } from '../../contract/webhook-scheme.ts';
import { valueAt } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';

/**
 * The handshake that a request is; undefined when it is an ordinary delivery. A request by another method than POST is a handshake
 * or nothing.
 */
export function handshakeIn(
  { handshakes = [] }: WebhookScheme,
  request: WebhookRequest,
): Handshake | Refusal | undefined {
  const method = request.method.toUpperCase();
  const found = handshakes.find(handshake => handshake.method === method && fits(handshake, request));
  if (found || method === 'POST') return found;
  return refusal('MALFORMED_HANDSHAKE', 'the request is none that the provider documents');
}

/** Whether a request is judged without a signature or token of a delivery. */
export function isUnsignedHandshake(scheme: WebhookScheme, request: WebhookRequest): boolean {
  const handshake = handshakeIn(scheme, request);
  return isRefusal(handshake) || (handshake !== undefined && handshake.proof !== 'scheme');
}

const fits = ({ when = [] }: Handshake, request: WebhookRequest): boolean =>
  when.every(condition => mayHold(condition, request) && holds(condition, request));

function holds(condition: HandshakeCondition, request: WebhookRequest): boolean {
  const value = valueAt(condition, request);
  if (value === undefined || isRefusal(value)) return false;
  return condition.is === undefined || condition.is === value;
}

/** A body is parsed for a handshake only when it holds the name of the field, and the value, so that deliveries are not parsed twice. */
function mayHold(condition: HandshakeCondition, { body }: WebhookRequest): boolean {
  if (!('field' in condition)) return true;
  const name = condition.field.slice(condition.field.lastIndexOf('/') + 1);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const isIndex = /^\d+$/.test(name);
  return (isIndex || bytes.includes(name)) && (condition.is === undefined || bytes.includes(condition.is));
}
