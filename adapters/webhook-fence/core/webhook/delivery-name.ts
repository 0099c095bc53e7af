import { type Fault, fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { isNamedById } from '../../contract/webhook-traits.ts';
import type { Verified } from '../signature/verification.ts';
import { askedHeaders } from './conditions.ts';
import { contentIdentity } from './content-hash.ts';
import { type Payload, readField } from './payload.ts';

/** By what repeats of a delivery are recognised. */
export interface DeliveryName {
  /** Begins with its origin, so that an id and a hash cannot be confused. */
  readonly name: string;
  /** An id that the signature does not cover. It names nothing, but must not come with other content. */
  readonly unsignedId?: string;
  /** The payload lacks the field that should name it; the content names it instead. */
  readonly fault?: Fault;
}

/** What a delivery is named by. */
export interface DeliveryContent {
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 (hex) of the body. */
  readonly sha256: string;
  readonly payload: Payload;
}

/** Undefined when the request lacks the id header and repeats cannot be recognised without it. */
export function deliveryNameOf(
  fence: WebhookFence,
  verified: Verified,
  { headers, sha256, payload }: DeliveryContent,
): DeliveryName | undefined {
  const { key } = fence.idempotency;
  const byContent = () => {
    const value = payload.ok ? payload.value : undefined;
    const identity = contentIdentity(fence, verified, { sha256, payload: value });
    return `content:${underHeaders(fence, headers, identity)}`;
  };
  if (key === 'content') return { name: byContent() };
  if (key === 'delivery-id') return nameByHeader(fence, verified, { headers, byContent });
  if (!payload.ok) return { name: byContent() };
  const found = idText(readField(fence, payload.value, key.bodyField));
  return found === undefined
    ? { name: byContent(), fault: missingId(key.bodyField) }
    : { name: `field:${found}` };
}

interface NameSource {
  readonly headers: Readonly<Record<string, string>>;
  readonly byContent: () => string;
}

/** An id that is neither signed nor trusted names nothing: the content does. */
function nameByHeader(
  fence: WebhookFence,
  { deliveryId }: Verified,
  source: NameSource,
): DeliveryName | undefined {
  if (!isNamedById(fence))
    return { name: source.byContent(), ...(deliveryId === undefined ? {} : { unsignedId: deliveryId }) };
  return deliveryId === undefined ? nameWithoutId(fence, source) : { name: `id:${deliveryId}` };
}

function nameWithoutId(
  { idempotency: { otherwise } }: WebhookFence,
  { headers, byContent }: NameSource,
): DeliveryName | undefined {
  if (otherwise === 'content') return { name: byContent() };
  const other = otherwise && idText(headers[otherwise.header]);
  return other === undefined ? undefined : { name: `content:${idOf(byContent(), other)}` };
}

/**
 * Rules may depend on headers, which no signature covers. The same content under another header is another fact: a topic header
 * tells an order that was created from one that was changed. It also means that a captured request can be sent again under
 * another header.
 */
function underHeaders(fence: WebhookFence, headers: Readonly<Record<string, string>>, identity: string) {
  const asked = askedHeaders(fence, headers);
  return asked.length === 0 ? identity : idOf(identity, ...asked.flat());
}

/** An id that a sender wrote as text or as a whole number; undefined for anything else. */
export function idText(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  const isId = typeof text === 'string' && text !== '' && text.length <= limits.webhookIdCharactersMax;
  return isId ? text : undefined;
}

const missingId = (field: string): Fault =>
  fault('INVALID_PAYLOAD', { column: field }, 'the field that names the delivery is missing or no id');
