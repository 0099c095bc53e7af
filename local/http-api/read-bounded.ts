import type { IncomingMessage } from 'node:http';

export type BodyRead = { readonly kind: 'whole'; readonly bytes: Buffer } | { readonly kind: 'too-large' };

/** Reads to the end whatever comes, so that the sender hears the answer, but keeps no more than `bytesMax`. */
export async function readBounded(request: IncomingMessage, bytesMax: number): Promise<BodyRead> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes <= bytesMax) parts.push(part);
  }
  return bytes > bytesMax ? { kind: 'too-large' } : { kind: 'whole', bytes: Buffer.concat(parts) };
}
