import { hash } from 'node:crypto';
import type {
  SignedScheme,
  TokenScheme,
  WebhookScheme,
} from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { withItemsSigned } from './adyen-items.ts';
import { clockText, signatureText, signedHeaders, tokenText, type Unsigned } from './sign.ts';
import type { SenderKeys } from './signature-of.ts';
import { withField } from './with-field.ts';

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
  if (scheme.kind === 'jwt' || (scheme.kind === 'signed' && scheme.certificate))
    throw new Error(`${scheme.name} is signed with keys that only its provider has: use recorded requests`);
  if (scheme.kind === 'token' && !('header' in scheme.token)) return withToken(scheme, keys, request);
  if (isAdyen(scheme)) return { query: '', headers: {}, body: withItemsSigned(scheme, keys, request.body) };
  const dated = { ...request, body: withClock(scheme, request) };
  const query = isTwilio(scheme) && bodyIs === 'json' ? `bodySHA256=${hash('sha256', dated.body)}` : '';
  const url = query ? `${dated.url}?${query}` : dated.url;
  return {
    query,
    headers: signedHeaders(scheme, keys, { ...dated, url }),
    body: withSignature(scheme, keys, { ...dated, url }),
  };
}

function withToken(scheme: TokenScheme, keys: SenderKeys, request: Unsigned): SignedRequest {
  const headers = signedHeaders(scheme, keys, request);
  const text = tokenText(scheme, keys);
  return 'query' in scheme.token
    ? { query: `${scheme.token.query}=${encodeURIComponent(text)}`, headers, body: request.body }
    : {
        query: '',
        headers,
        body: withField(request.body, 'field' in scheme.token ? scheme.token.field : '', text),
      };
}

/** The body, with its signature in the field that the scheme names, if it names one. */
function withSignature(scheme: SignedScheme | TokenScheme, keys: SenderKeys, request: Unsigned): Uint8Array {
  if (scheme.kind !== 'signed' || !scheme.signature || !('field' in scheme.signature)) return request.body;
  return withField(request.body, scheme.signature.field, signatureText(scheme, keys, request));
}

const isAdyen = (scheme: WebhookScheme): scheme is SignedScheme => namedOf(scheme) === 'adyen-payment';
const isTwilio = (scheme: WebhookScheme): boolean => namedOf(scheme) === 'twilio';
const namedOf = (scheme: WebhookScheme) =>
  scheme.kind === 'signed' && typeof scheme.content !== 'string' ? scheme.content.named : undefined;

/** The body, with the number that stands where its scheme has the clock replaced by the time of sending. */
function withClock(scheme: WebhookScheme, { body, sentAt }: Unsigned): Uint8Array {
  const rule = scheme.kind === 'signed' ? scheme.timestamp : undefined;
  if (!rule || !('field' in rule.from)) return body;
  const name = rule.from.field.slice(rule.from.field.lastIndexOf('/') + 1).replaceAll(/\W/g, '\\$&');
  const text = Buffer.from(body).toString('latin1');
  const clock = clockText(rule.format, sentAt);
  return Buffer.from(
    text.replace(new RegExp(`("${name}"\\s*:\\s*"?)\\d+`), (_, head) => head + clock),
    'latin1',
  );
}
