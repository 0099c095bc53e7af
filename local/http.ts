import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

const read = new WeakMap<object, Promise<Buffer>>();

/** For requests that are bounded by their API, never for objects. May be asked for more than once. */
export function readBody(request: IncomingMessage | Http2ServerRequest): Promise<Buffer> {
  const body = read.get(request) ?? collect(request);
  read.set(request, body);
  return body;
}

async function collect(request: IncomingMessage | Http2ServerRequest): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Sends JSON with a content type of the service's own, such as `application/x-amz-json-1.1`. */
export const jsonSender =
  (type: string) =>
  (response: ServerResponse | Http2ServerResponse, status: number, body: unknown): void =>
    send(response, status, { type, text: JSON.stringify(body) });

export const sendJson = jsonSender('application/json');
export const sendAmzJson = jsonSender('application/x-amz-json-1.1');

export const sendText = (
  response: ServerResponse | Http2ServerResponse,
  status: number,
  body: string,
): void => send(response, status, { type: 'text/plain; charset=utf-8', text: body });

function send(
  response: ServerResponse | Http2ServerResponse,
  status: number,
  { type, text }: { readonly type: string; readonly text: string },
): void {
  // The two kinds of response have the same methods, whose types do not combine.
  const plain = response as ServerResponse;
  plain.writeHead(status, { 'content-type': type });
  plain.end(text);
}
