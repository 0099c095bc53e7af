import { hash } from 'node:crypto';
import type { SignedScheme, WebhookScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { withItemsSigned } from './adyen-items.ts';
import { clockText, signedHeaders, type Unsigned } from './sign.ts';
import type { SenderKeys } from './signature-of.ts';

export interface SignedRequest {
  /** What the provider adds to the address, without a question mark; most add nothing. */
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** A request as the scheme's provider would send it: its id, clock and signature wherever the scheme has them. */
export function signedRequest(
  { scheme, bodyIs }: { readonly scheme: WebhookScheme; readonly bodyIs: 'json' | 'form' },
  keys: SenderKeys,
  request: Unsigned,
): SignedRequest {
  if (isAdyen(scheme)) return { query: '', headers: {}, body: withItemsSigned(scheme, keys, request.body) };
  const dated = { ...request, body: withClock(scheme, request) };
  const query = isTwilio(scheme) && bodyIs === 'json' ? `bodySHA256=${hash('sha256', dated.body)}` : '';
  const url = query ? `${dated.url}?${query}` : dated.url;
  return { query, headers: signedHeaders(scheme, keys, { ...dated, url }), body: dated.body };
}

const isAdyen = (scheme: WebhookScheme): scheme is SignedScheme => namedOf(scheme) === 'adyen-payment';
const isTwilio = (scheme: WebhookScheme): boolean => namedOf(scheme) === 'twilio';
const namedOf = (scheme: WebhookScheme) =>
  scheme.kind === 'signed' && typeof scheme.content !== 'string' ? scheme.content.named : undefined;

/** The body, with the number that stands where its scheme has the clock replaced by the time of sending. */
function withClock(scheme: WebhookScheme, { body, sentAt }: Unsigned): Uint8Array {
  const rule = scheme.kind === 'signed' ? scheme.timestamp : undefined;
  if (!rule || !('bodyField' in rule.from)) return body;
  const name = rule.from.bodyField.replaceAll(/\W/g, '\\$&');
  const text = Buffer.from(body).toString('latin1');
  const clock = clockText(rule.unit, sentAt);
  return Buffer.from(
    text.replace(new RegExp(`("${name}"\\s*:\\s*)\\d+`), (_, head) => head + clock),
    'latin1',
  );
}
