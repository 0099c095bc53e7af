import { code } from '#shared/derive/markdown.ts';
import { enumerated, tenantInWords } from '#shared/derive/words.ts';
import { noContentType } from '../contract/content-type.ts';
import type { When } from '../contract/webhook-delivery.ts';
import { eventsOf, type WebhookFence } from '../contract/webhook-fence.ts';
import { retryFieldsOf } from '../contract/webhook-scheme.ts';
import { hasSecretsByTenant } from '../contract/webhook-tenant.ts';
import { isNamedById, traitsOf } from '../contract/webhook-traits.ts';
import { conditionsOf, headersAsked } from '../core/webhook/conditions.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import { headersInWords } from './scheme-words.ts';

/** A fence's requests in words, for partners and operators. */

/** The address. The host is known when the fence is deployed, unless the scheme signs it. */
export const addressOf = ({ url, route }: WebhookFence): string => url ?? `https://<host>${route}`;

/** The content types that the fence accepts. */
export const contentTypesInWords = ({ contentTypes }: WebhookFence): string =>
  enumerated(
    contentTypes.map(type => (type === noContentType ? 'no content type' : code(type))),
    'or',
  );

/** The deliveries that a rule is about. */
export function whenInWords(when: When | undefined): string {
  const conditions = conditionsOf(when).map(condition => {
    const place =
      'field' in condition ? `field ${code(condition.field)}` : `header ${code(condition.header)}`;
    return `${place} is ${enumerated([condition.is].flat().map(code), 'or')}`;
  });
  return conditions.length === 0 ? 'every delivery' : conditions.join(' and ');
}

/** By what repeats of a delivery are recognised, and for how long. */
export const nameInWords = (fence: WebhookFence): string =>
  `${namedBy(fence)}, for ${fence.replayHorizonDays} days`;

function namedBy(fence: WebhookFence): string {
  const { key, trustUnsignedId } = fence.idempotency;
  const header = `${headersInWords(schemeOf(fence).id?.header ?? '')}${otherwiseInWords(fence)}`;
  if (key === 'content') return `repeats of a delivery are recognised by ${contentOf(fence)}`;
  if (key !== 'delivery-id')
    return `repeats of a delivery are recognised by its field ${code(key.bodyField)}`;
  if (trustUnsignedId)
    return `repeats of a delivery are recognised by its header ${header}, which is not signed (${trustUnsignedId.reason}); the same content under another id is another delivery`;
  if (isNamedById(fence)) return `repeats of a delivery are recognised by its header ${header}`;
  return `repeats of a delivery are recognised by ${contentOf(fence)}, because the id in ${header} is not signed; the same id must not come with other content`;
}

/** What names a delivery that came without its id. */
function otherwiseInWords(fence: WebhookFence): string {
  const { otherwise } = fence.idempotency;
  if (otherwise === undefined) return '';
  const also = otherwise === 'content' ? '' : ` and the header ${code(otherwise.header)}`;
  return ` (without it, by ${contentOf(fence)}${also})`;
}

function contentOf(fence: WebhookFence): string {
  const { payloadHash, scheme } = fence;
  const isBody = ['body', 'sender'].includes(traitsOf(scheme).covers);
  const whole = isBody ? `its body${butRetryFields(fence)}` : 'its signed part';
  const content = payloadHash === 'body' ? whole : fieldsOr(payloadHash.fields, whole);
  const headers = headersAsked(fence).map(code);
  return headers.length === 0
    ? content
    : `${content} and the header${headers.length > 1 ? 's' : ''} ${enumerated(headers)}`;
}

const fieldsOr = (fields: readonly string[], whole: string): string =>
  `its fields ${enumerated(fields.map(code))} (${whole}, if a field is missing)`;

/** A sender that signs again changes them. */
function butRetryFields(fence: WebhookFence): string {
  const fields = retryFieldsOf(schemeOf(fence)).map(code);
  return fields.length === 0 ? '' : ` without ${enumerated(fields)}`;
}

/** What must be the same in a repeat. */
export const sameInWords = (fence: WebhookFence): string => {
  const { payloadHash } = fence;
  const without = butRetryFields(fence);
  const whole = without === '' ? 'its body, byte for byte' : `its body${without}`;
  return payloadHash === 'body' ? whole : fieldsOr(payloadHash.fields, whole);
};

/** The tenant of the events, and what proves it. */
export function tenantOfEvents(fence: WebhookFence): string {
  const { tenant, secrets } = fence;
  const named =
    'fromPath' in tenant
      ? `From the path, one of ${tenant.allowed.map(code).join(', ')}. Any other is quarantined as TENANT_MISMATCH`
      : tenantInWords(tenant, 'field');
  if (hasSecretsByTenant(fence))
    return `${named}, and so is a request that is signed with the secret of another tenant`;
  return secrets.sharedByTenants
    ? `${named}. One secret is for all tenants: ${secrets.sharedByTenants.reason}`
    : named;
}

/** Every kind of delivery in the contract, with what becomes of it. */
export const deliveryRows = (fence: WebhookFence): string[][] => [
  ...fence.skips
    .filter(({ when }) => when !== 'otherwise')
    .map(({ when, reason }) => [whenInWords(when as When), `skipped: ${reason}`]),
  ...fence.accepts.map(({ when, events }) => [
    whenInWords(when),
    events.map(event => code(event.type)).join(', '),
  ]),
  ...otherwiseRow(fence),
];

function otherwiseRow({ accepts, skips }: WebhookFence): string[][] {
  const otherwise = skips.find(({ when }) => when === 'otherwise');
  if (otherwise) return [['any other', `skipped: ${otherwise.reason}`]];
  return accepts.some(({ when }) => conditionsOf(when).length === 0)
    ? []
    : [['any other', 'quarantined as UNKNOWN_DELIVERY']];
}

/** Fields of events that hold personal data, once each. */
export const personalFields = (fence: WebhookFence): readonly string[] => [
  ...new Set(eventsOf(fence).flatMap(event => event.pii)),
];
