import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody, sendText } from './http.ts';

/** What a function asks a host that is not AWS. */
export interface OutsideRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Simulators of hosts, by their names. Functions reach them in place of the real ones. */
export type Outside = Readonly<Record<string, (request: OutsideRequest) => OutsideAnswer>>;

/** Says which host was meant: the request itself goes to this machine. */
const hostHeader = 'x-outside-host';

export interface OutsideServer {
  readonly origin: string;
  stop(): Promise<void>;
}

export async function serveOutside(outside: Outside): Promise<OutsideServer> {
  const server = createServer(async (request, response) => {
    const simulate = outside[String(request.headers[hostHeader])];
    if (!simulate) return sendText(response, 404, 'there is no simulator of this host\n');
    const { method = 'GET', url: path = '/', headers } = request;
    const answer = simulate({ method, path, headers, body: (await readBody(request)).toString('utf8') });
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
