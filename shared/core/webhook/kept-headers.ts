import type { WebhookFence } from '../../contract/define-webhook-fence.ts';
import { headersAsked } from './conditions.ts';
import { schemeOf } from './scheme-of.ts';

const common = ['content-type', 'user-agent', 'traceparent', 'tracestate'];
const neverKept = ['authorization', 'proxy-authorization', 'cookie'];

/** Names of the headers that are archived: what says what the delivery is, never what proves it or who else is on the line. */
export function keptHeaders(fence: WebhookFence): readonly string[] {
  const scheme = schemeOf(fence);
  const timestamp = scheme.kind === 'signed' ? scheme.timestamp?.from : undefined;
  const proof = scheme.kind === 'token' ? scheme.token.header : scheme.signature?.header;
  const wanted = [
    ...common,
    ...(scheme.id ? [scheme.id.header] : []),
    ...(timestamp && 'header' in timestamp ? [timestamp.header] : []),
    ...headersAsked(fence),
  ];
  return [...new Set(wanted)].filter(name => name !== proof && !neverKept.includes(name));
}
