import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { headerNames } from '../../contract/webhook-place.ts';
import type { WebhookScheme } from '../../contract/webhook-scheme.ts';
import { headersAsked } from './conditions.ts';
import { schemeOf } from './scheme-of.ts';

type Headers = Readonly<Record<string, string>>;

const neverKept = ['authorization', 'proxy-authorization', 'cookie'];
/** Names under which secrets and proofs travel. */
const secret =
  /authorization|cookie|credential|hmac|jwt|password|secret|session|signature|token|(?:^|-)auth(?:-|$)|(?:access|api|private|shared|subscription)-?key/;
/** What proxies and the gateway add about the connection. */
const line = /^(?:x-)?forwarded|^x-real-ip$|^x-amzn-trace-id$|^via$/;

/**
 * The headers that are archived: all that a corrected contract can use when the delivery is processed again, but no signatures,
 * tokens or other secrets, and nothing about the connection. `headers` have their names in lower case.
 */
export function keptHeaders(fence: WebhookFence, headers: Headers): Headers {
  const never = [...neverKept, ...proofHeaders(schemeOf(fence))];
  const needed = neededHeaders(fence);
  const kept = Object.entries(headers).filter(
    ([name]) => !never.includes(name) && (needed.includes(name) || !(secret.test(name) || line.test(name))),
  );
  return Object.fromEntries(kept);
}

/** The headers that prove a request. */
export function proofHeaders(scheme: WebhookScheme): readonly string[] {
  const place = scheme.kind === 'signed' ? scheme.signature : scheme.token;
  return place && 'header' in place ? headerNames(place.header) : [];
}

/** Kept even if their names look like secrets. */
function neededHeaders(fence: WebhookFence): readonly string[] {
  const scheme = schemeOf(fence);
  const timestamp = scheme.kind === 'signed' ? scheme.timestamp?.from : undefined;
  return [
    ...headerNames(scheme.id?.header ?? []),
    ...(timestamp && 'header' in timestamp ? headerNames(timestamp.header) : []),
    ...headersAsked(fence),
  ];
}
