import { limits } from '#shared/contract/limits.ts';
import type { Web, WebRequest } from '../ports.ts';

/** HTTPS by `fetch`. A redirect is not followed: it would lead away from the address that the contract pins. */
export const fetchWeb: Web = {
  async ask({ url, headers, body }: WebRequest) {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(limits.webhookCallMillisecondsMax),
    });
    return { status: response.status, text: await textOf(response) };
  },
};

/** @throws RangeError when it is larger than a document may be. */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > limits.keyDocumentBytesMax)
      throw new RangeError(`the answer is larger than ${limits.keyDocumentBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
