import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { serviceOf } from './credential-scope.ts';
import { sendText } from './http.ts';

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** One origin for every service: requests go where their signature's scope says, unsigned ones to the console. */
export class Front {
  readonly #server: Server = createServer();
  #port = 0;

  /** `0` takes any free port. */
  async listen(port: number): Promise<void> {
    // Uploads take as long as they take, and idle clients are not cut off in the middle of their next request.
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 120_000;
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address && typeof address === 'object') this.#port = address.port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  serve(services: Readonly<Record<string, Serve>>, console: Serve): void {
    this.#server.on('request', (request, response) => {
      const service = serviceOf(request);
      const serve = service === undefined ? console : services[service];
      if (serve) void answer(serve, request, response);
      else sendText(response, 501, `${service} is not served by the local cloud\n`);
    });
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server, 'close');
  }
}

/** What goes wrong inside is told to the client and to us; a client that went away needs no answer. */
async function answer(serve: Serve, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await serve(request, response);
  } catch (problem) {
    if (isGone(problem)) return;
    console.error(`${request.method} ${request.url}:`, problem);
    if (response.headersSent) response.destroy();
    else sendText(response, 500, `${problem}\n`);
  }
}

const isGone = (problem: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(
    String((problem as NodeJS.ErrnoException).code),
  );
