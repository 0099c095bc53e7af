import { headerNames } from '../../contract/webhook-place.ts';
import type { SignedScheme, TimestampRule } from '../../contract/webhook-scheme.ts';
import { holdsPlaceholder, placeholdersOf } from '../../contract/webhook-template.ts';
import { adyenSigned } from './adyen.ts';
import { contentOf } from './content.ts';
import { deliveryId } from './delivery-id.ts';
import type { Signed } from './match.ts';
import { fieldOf, firstHeader, plainText } from './place.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { WebhookRequest } from './request.ts';
import { type SignatureParts, signaturesOf } from './signature-header.ts';
import { listedHeaders } from './signed-headers.ts';
import { snsContent } from './sns.ts';
import { parseTimestamp } from './timestamp.ts';
import { twilioContents } from './twilio.ts';

/** What a signed request claims, parsed but not yet verified. */
export interface Prepared {
  /** Each must be genuine. */
  readonly signed: readonly Signed[];
  readonly id: string | undefined;
  /** Epoch milliseconds; undefined if there is none or it is in the signed body. */
  readonly timestamp: number | undefined;
}

export function prepare(scheme: SignedScheme, request: WebhookRequest): Prepared | Refusal {
  const parts = signatureParts(scheme, request);
  if (isRefusal(parts)) return parts;
  const id = deliveryId(request, scheme.id?.header, templateOf(scheme));
  if (isRefusal(id)) return id;
  const text = timestampTextOf(scheme, request, parts);
  if (isRefusal(text)) return text;
  const timestamp =
    text === undefined || !scheme.timestamp ? undefined : parseTimestamp(text, scheme.timestamp.format);
  if (isRefusal(timestamp)) return timestamp;
  const signed = signedBy(scheme, request, { claims: parts.claims, id, timestamp: text });
  return isRefusal(signed) ? signed : { signed, id, timestamp };
}

const templateOf = ({ content }: SignedScheme): string => (typeof content === 'string' ? content : '');

const signatureParts = (
  { signature, signers }: SignedScheme,
  request: WebhookRequest,
): SignatureParts | Refusal =>
  signature ? signaturesOf(request, signature, signers) : { claims: [], others: [] };

/** A time in the signed body is read when the signature has been checked, unless the time alone is signed. */
export const isTimeInSignedBody = (scheme: SignedScheme): boolean =>
  scheme.timestamp !== undefined &&
  'field' in scheme.timestamp.from &&
  !holdsPlaceholder(templateOf(scheme), 'timestamp');

function timestampTextOf(
  scheme: SignedScheme,
  request: WebhookRequest,
  { others }: SignatureParts,
): string | undefined | Refusal {
  const { timestamp } = scheme;
  if (!timestamp || isTimeInSignedBody(scheme)) return undefined;
  if ('element' in timestamp.from) return elementOf(timestamp.from.element, others);
  if ('field' in timestamp.from) return timeOfField(timestamp, request);
  const names = headerNames(timestamp.from.header);
  const unlisted = unlistedTime(templateOf(scheme), request, names);
  return (
    unlisted ?? firstHeader(request, names) ?? refusal('NO_TIMESTAMP', `${names.join(' or ')} is missing`)
  );
}

/** Where the sender lists the headers that it signs, the time must be one of them. */
function unlistedTime(
  template: string,
  request: WebhookRequest,
  names: readonly string[],
): Refusal | undefined {
  const list = placeholdersOf(template).find(({ name }) => name === 'signedHeaders');
  if (!list || holdsPlaceholder(template, 'timestamp')) return undefined;
  const listed = listedHeaders(request, list.of);
  if (isRefusal(listed)) return listed;
  return names.some(name => listed.includes(name))
    ? undefined
    : refusal('NO_TIMESTAMP', `${list.of} does not list ${names.join(' or ')}`);
}

function elementOf(element: string, others: SignatureParts['others']): string | Refusal {
  const values = others.filter(([name]) => name === element);
  if (values.length > 1)
    return refusal('MALFORMED_TIMESTAMP', `the element ${element} came ${values.length} times`);
  return values[0]?.[1] ?? refusal('NO_TIMESTAMP', `the element ${element} is missing`);
}

/** A time in the body: text, or a whole number. */
export function timeOfField({ from }: TimestampRule, request: WebhookRequest): string | Refusal {
  const field = 'field' in from ? from.field : '';
  const value = fieldOf(request.body, field);
  if (isRefusal(value)) return value;
  if (value === undefined) return refusal('NO_TIMESTAMP', `the body has no ${field}`);
  return plainText(value) ?? refusal('MALFORMED_TIMESTAMP', `${field} is neither text nor a whole number`);
}

function signedBy(
  { content, signers }: SignedScheme,
  request: WebhookRequest,
  parts: Pick<SignatureParts, 'claims'> & {
    readonly id: string | undefined;
    readonly timestamp: string | undefined;
  },
): readonly Signed[] | Refusal {
  if (typeof content !== 'string' && content.named === 'adyen-payment')
    return adyenSigned(request.body, signers);
  const contents = contentsOf(content, request, parts);
  return isRefusal(contents) ? contents : [{ alternatives: contents, claims: parts.claims }];
}

function contentsOf(
  content: SignedScheme['content'],
  request: WebhookRequest,
  parts: Parameters<typeof contentOf>[2],
): readonly Uint8Array[] | Refusal {
  if (typeof content !== 'string' && content.named === 'twilio') return twilioContents(request);
  const bytes = typeof content === 'string' ? contentOf(content, request, parts) : snsContent(request.body);
  return isRefusal(bytes) ? bytes : [bytes];
}
