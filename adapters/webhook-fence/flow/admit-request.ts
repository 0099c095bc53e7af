import { BlockList, isIP } from 'node:net';
import { limits } from '#shared/contract/limits.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { type Ending, refuse } from '../core/webhook/answer.ts';
import type { ArrivedRequest, ReceivedRequest } from '../core/webhook/arrived-request.ts';
import { tooLarge } from '../core/webhook/open-body.ts';

/** Checks what must hold before a request is verified: a size that can be verified and kept, the address, the method. */
export function admitRequest(fence: WebhookFence, request: ArrivedRequest): ReceivedRequest | Ending {
  if (bodyBytesOf(request) > limits.webhookBodyBytesMax) return tooLarge(fence.bodyBytesMax);
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
  return admitted(fence, request);
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

/** The address is the one the partner calls, where its contract names one. */
function admitted(fence: WebhookFence, request: ArrivedRequest): ReceivedRequest {
  const { method, headers, receivedAt, id, sourceIp, host, path, query, body, isBase64 } = request;
  const { tenant } = request.pathParameters;
  const address = fence.url?.replace('{tenant}', tenant ?? '') ?? `https://${host}${path}`;
  return {
    ...('fromPath' in fence.tenant && { pathTenant: tenant }),
    method,
    headers,
    receivedAt,
    id,
    sourceIp,
    url: query ? `${address}?${query}` : address,
    body: Buffer.from(body, isBase64 ? 'base64' : 'utf8'),
  };
}
