import type { SignedScheme } from '../../contract/webhook-scheme.ts';
import { adyenSigned } from './adyen.ts';
import { contentOf } from './content.ts';
import { deliveryId } from './delivery-id.ts';
import type { Signed } from './match.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import { headerOf, type WebhookRequest } from './request.ts';
import { parseSignatureHeader, type SignatureParts } from './signature-header.ts';
import { parseTimestamp } from './timestamp.ts';
import { twilioContents } from './twilio.ts';

/** What a signed request claims, parsed but not yet verified. */
export interface Prepared {
  /** Each must be genuine. */
  readonly signed: readonly Signed[];
  readonly id: string | undefined;
  /** In the sender's unit; undefined if there is none or it is in the body. */
  readonly timestamp: number | undefined;
}

export function prepare(scheme: SignedScheme, request: WebhookRequest): Prepared | Refusal {
  const parts = signatureParts(scheme, request);
  if (isRefusal(parts)) return parts;
  const template = typeof scheme.content === 'string' ? scheme.content : '';
  const id = deliveryId(request, scheme.id?.header, template);
  if (isRefusal(id)) return id;
  const timestampText = timestampTextOf(scheme, request, parts);
  if (isRefusal(timestampText)) return timestampText;
  const timestamp = timestampText === undefined ? undefined : parseTimestamp(timestampText);
  if (isRefusal(timestamp)) return timestamp;
  const signed = signedBy(scheme, request, { claims: parts.claims, id, timestamp: timestampText });
  return isRefusal(signed) ? signed : { signed, id, timestamp };
}

function signatureParts(
  { signature, signers }: SignedScheme,
  request: WebhookRequest,
): SignatureParts | Refusal {
  if (!signature) return { claims: [], others: [] };
  const value = headerOf(request, signature.header);
  if (isRefusal(value)) return value;
  return value === undefined
    ? refusal('NO_SIGNATURE', `${signature.header} is missing`)
    : parseSignatureHeader(value, signature, signers);
}

function timestampTextOf(
  { timestamp }: SignedScheme,
  request: WebhookRequest,
  { others }: SignatureParts,
): string | undefined | Refusal {
  if (!timestamp || 'bodyField' in timestamp.from) return undefined;
  if ('header' in timestamp.from) {
    const { header } = timestamp.from;
    return headerOf(request, header) ?? refusal('NO_TIMESTAMP', `${header} is missing`);
  }
  const { element } = timestamp.from;
  const values = others.filter(([name]) => name === element);
  if (values.length > 1)
    return refusal('MALFORMED_TIMESTAMP', `the element ${element} came ${values.length} times`);
  return values[0]?.[1] ?? refusal('NO_TIMESTAMP', `the element ${element} is missing`);
}

function signedBy(
  { content, signers }: SignedScheme,
  request: WebhookRequest,
  parts: Pick<SignatureParts, 'claims'> & {
    readonly id: string | undefined;
    readonly timestamp: string | undefined;
  },
): readonly Signed[] | Refusal {
  if (typeof content === 'string') {
    const bytes = contentOf(content, request, parts);
    return isRefusal(bytes) ? bytes : [{ alternatives: [bytes], claims: parts.claims }];
  }
  if (content.named === 'adyen-payment') return adyenSigned(request.body, signers);
  const alternatives = twilioContents(request);
  return isRefusal(alternatives) ? alternatives : [{ alternatives, claims: parts.claims }];
}
