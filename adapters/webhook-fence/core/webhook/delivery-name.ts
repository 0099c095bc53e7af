import { type Fault, fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { traitsOf } from '../../contract/webhook-traits.ts';
import type { Verified } from '../signature/verification.ts';
import { headersAsked } from './conditions.ts';
import { contentIdentity } from './content-hash.ts';
import { type Payload, readField } from './payload.ts';

/** What a delivery is known by. */
export interface DeliveryName {
  /** Begins with where it is from, so that an id and a hash cannot be taken for each other. */
  readonly name: string;
  /** An id that anyone on the way could have changed: it names nothing, but must not come back with other content. */
  readonly unsignedId?: string;
  /** The payload lacks the field that should have named it; the content does instead. */
  readonly fault?: Fault;
}

/** `sha256` is the body's. Undefined when the request lacks the id header without which a repeat could not be told. */
export function deliveryNameOf(
  fence: WebhookFence,
  verified: Verified,
  { headers, sha256 }: { readonly headers: Readonly<Record<string, string>>; readonly sha256: string },
  payload: Payload,
): DeliveryName | undefined {
  const { key } = fence.idempotency;
  const byContent = () => {
    const identity = contentIdentity(fence, verified, sha256, payload.ok ? payload.value : undefined);
    return `content:${underHeaders(fence, headers, identity)}`;
  };
  if (key === 'content') return { name: byContent() };
  if (key === 'delivery-id') return nameByHeader(fence, verified, byContent);
  if (!payload.ok) return { name: byContent() };
  const found = idText(readField(fence, payload.value, key.bodyField));
  return found === undefined
    ? { name: byContent(), fault: missingId(key.bodyField) }
    : { name: `field:${found}` };
}

/** A header proves as much as its token where nothing is signed; beside a signature that leaves it out it proves nothing. */
function nameByHeader(
  fence: WebhookFence,
  { deliveryId, isDeliveryIdSigned }: Verified,
  byContent: () => string,
): DeliveryName | undefined {
  const isBelieved = isDeliveryIdSigned || traitsOf(fence.scheme).covers === 'sender';
  if (!isBelieved)
    return { name: byContent(), ...(deliveryId === undefined ? {} : { unsignedId: deliveryId }) };
  return deliveryId === undefined ? undefined : { name: `id:${deliveryId}` };
}

/**
 * Rules may judge by headers, which no signature covers: the same content under another header is another fact, as a topic makes
 * two of an order created and changed at once. Whoever captured a request can send it under another header, too.
 */
function underHeaders(fence: WebhookFence, headers: Readonly<Record<string, string>>, identity: string) {
  const asked = headersAsked(fence).filter(name => headers[name] !== undefined);
  return asked.length === 0 ? identity : idOf(identity, ...asked.flatMap(name => [name, headers[name]!]));
}

function idText(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  const isId = typeof text === 'string' && text !== '' && text.length <= limits.webhookIdCharactersMax;
  return isId ? text : undefined;
}

const missingId = (field: string): Fault =>
  fault('INVALID_PAYLOAD', { column: field }, 'the field that names the delivery is missing or no id');
