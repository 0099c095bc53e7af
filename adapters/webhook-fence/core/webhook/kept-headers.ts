import type { WebhookFence } from '../../contract/webhook-fence.ts';
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
  const scheme = schemeOf(fence);
  const proof = scheme.kind === 'token' ? scheme.token.header : scheme.signature?.header;
  const never = [...neverKept, proof];
  const needed = neededHeaders(fence);
  const kept = Object.entries(headers).filter(
    ([name]) => !never.includes(name) && (needed.includes(name) || !(secret.test(name) || line.test(name))),
  );
  return Object.fromEntries(kept);
}

/** Kept even if their names look like secrets. */
function neededHeaders(fence: WebhookFence): readonly (string | undefined)[] {
  const scheme = schemeOf(fence);
  const timestamp = scheme.kind === 'signed' ? scheme.timestamp?.from : undefined;
  return [
    scheme.id?.header,
    timestamp && 'header' in timestamp ? timestamp.header : undefined,
    ...headersAsked(fence),
  ];
}
