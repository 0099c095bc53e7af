import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire, its body read. */
export interface Arrived {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** Names in lower case; values of a repeated header joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** Headers that belong to the connection, which ends at the gateway. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
]);

export function arrivedOf(request: IncomingMessage, body: Buffer): Arrived {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const { cookie, ...headers } = joinedHeaders(request.rawHeaders);
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    headers: { ...headers, 'content-length': String(body.length) },
    cookies: cookie ? cookie.split(/[;,] */) : [],
    body,
  };
}

/** Node drops or joins repeated headers by its own rules; API Gateway joins them all. */
function joinedHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let i = 0; i < raw.length; i += 2) {
    const [given = '', value = ''] = raw.slice(i, i + 2);
    const name = given.toLowerCase();
    if (!hopByHop.has(name))
      headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return { ...headers };
}

/** Bytes of request line and headers, as the quota counts them. */
export const headBytes = ({ rawHeaders, url, method }: IncomingMessage): number =>
  rawHeaders.reduce((sum, text) => sum + text.length, 0) + (url?.length ?? 0) + (method?.length ?? 0);
