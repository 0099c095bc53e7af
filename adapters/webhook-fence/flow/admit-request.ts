import { BlockList, isIP } from 'node:net';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { type Ending, refuse } from '../core/webhook/answer.ts';
import type { AdmittedRequest, ArrivedRequest } from '../core/webhook/arrived-request.ts';

/** Checks what costs nothing to check: size, address, method, content type. */
export function admitRequest(fence: WebhookFence, request: ArrivedRequest): AdmittedRequest | Ending {
  if (bodyBytesOf(request) > fence.bodyBytesMax)
    return refuse(413, { code: 'BODY_TOO_LARGE', detail: `At most ${fence.bodyBytesMax} bytes are taken.` });
  if (fence.allowFrom && !isAllowed(fence.allowFrom, request.sourceIp))
    return refuse(403, {
      code: 'ADDRESS_NOT_ALLOWED',
      detail: 'Requests are taken from agreed addresses only.',
    });
  if (!(fence.methods as readonly string[]).includes(request.method))
    return refuse(
      405,
      { code: 'METHOD_NOT_ALLOWED', detail: `Use ${fence.methods.join(' or ')}.` },
      {
        allow: fence.methods.join(', '),
      },
    );
  // Checks of the address have no body, and any content type.
  return (request.body === '' ? undefined : refuseForm(fence, request)) ?? admitted(fence, request);
}

/** Base64 takes four characters for three bytes. */
const bodyBytesOf = ({ body, isBase64 }: ArrivedRequest): number =>
  isBase64 ? Math.floor((body.replace(/=+$/, '').length * 3) / 4) : Buffer.byteLength(body);

function isAllowed(ranges: readonly string[], ip: string): boolean {
  const family = familyOf(ip);
  if (!family) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', length] = range.split('/');
    list.addSubnet(address, Number(length), familyOf(address));
  }
  return list.check(ip, family);
}

const familyOf = (ip: string): 'ipv4' | 'ipv6' | undefined =>
  ({ 0: undefined, 4: 'ipv4' as const, 6: 'ipv6' as const })[isIP(ip)];

/** Signatures cover the bytes sent, so nothing is unpacked or decoded on the way. */
function refuseForm({ body }: WebhookFence, { headers }: ArrivedRequest): Ending | undefined {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding !== '' && encoding !== 'identity')
    return refuse(
      415,
      { code: 'CONTENT_ENCODING', detail: 'Send the body uncompressed.' },
      { 'accept-encoding': 'identity' },
    );
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map(text => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(text)?.[1]).find(Boolean);
  const agreed =
    body === 'form' ? /^application\/x-www-form-urlencoded$/ : /^application\/(?:[\w.+-]+\+)?json$/;
  if (agreed.test(type.trim()) && (charset ?? 'utf-8').replace('utf8', 'utf-8') === 'utf-8') return undefined;
  const wanted = body === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return refuse(415, { code: 'CONTENT_TYPE', detail: `Send ${wanted} in UTF-8.` }, { accept: wanted });
}

/** The address is the one the partner calls, where its contract names one. */
function admitted(fence: WebhookFence, request: ArrivedRequest): AdmittedRequest {
  const { method, headers, receivedAt, id, host, path, query, body, isBase64 } = request;
  const address = fence.url ?? `https://${host}${path}`;
  return {
    method,
    headers,
    receivedAt,
    id,
    url: query ? `${address}?${query}` : address,
    body: Buffer.from(body, isBase64 ? 'base64' : 'utf8'),
  };
}
