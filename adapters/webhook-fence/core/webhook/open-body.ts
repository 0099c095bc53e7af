import { gunzipSync } from 'node:zlib';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { type Ending, refuse } from './answer.ts';
import type { AdmittedRequest } from './arrived-request.ts';
import { charsetOf, contentTypeIn, isAccepted } from './content-type.ts';

/**
 * The body of a verified request, unpacked, or why the contract does not accept it. Signatures cover the bytes that were sent, so
 * nothing is unpacked before they are verified.
 */
export function openBody(fence: WebhookFence, request: AdmittedRequest): Uint8Array | Ending {
  return refuseForm(fence, request) ?? unpack(fence, request);
}

function refuseForm({ contentTypes }: WebhookFence, { headers }: AdmittedRequest): Ending | undefined {
  const contentType = contentTypeIn(headers);
  if (isAccepted(contentTypes, contentType.type) && charsetOf(contentType)) return undefined;
  const [wanted = ''] = contentTypes;
  return refuse(415, { code: 'CONTENT_TYPE', detail: `Send ${wanted} in UTF-8.` }, { accept: wanted });
}

function unpack(fence: WebhookFence, { headers, body }: AdmittedRequest): Uint8Array | Ending {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity')
    return body.length > fence.bodyBytesMax ? tooLarge(fence.bodyBytesMax) : body;
  return encoding === 'gzip' || encoding === 'x-gzip'
    ? gunzip(body, fence.bodyBytesMax)
    : refuse(
        415,
        { code: 'CONTENT_ENCODING', detail: 'Send the body uncompressed, or as gzip.' },
        { 'accept-encoding': 'gzip, identity' },
      );
}

function gunzip(body: Uint8Array, bytesMax: number): Uint8Array | Ending {
  try {
    return gunzipSync(body, { maxOutputLength: bytesMax });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(bytesMax);
    if (code.startsWith('Z_'))
      return refuse(415, { code: 'CONTENT_ENCODING', detail: 'The body is not whole gzip.' });
    throw error;
  }
}

export const tooLarge = (bytesMax: number): Ending =>
  refuse(413, { code: 'BODY_TOO_LARGE', detail: `At most ${bytesMax} bytes are accepted, unpacked.` });
