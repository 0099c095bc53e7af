import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageFile, PageFiles } from '#infra/bundle-page.ts';
import { safeHeaders } from '#shared/core/page/safe-headers.ts';
import { Failure } from '../edge/failure.ts';
import type { AnswerCall } from './call.ts';
import { isOwnHost, isOwnPage } from './guard.ts';
import { readJson } from './read-json.ts';
import { type Session, Sessions } from './sessions.ts';

export interface ConsoleParts {
  readonly files: PageFiles;
  readonly answer: AnswerCall;
  /** Default: any free one. If it is taken, too. */
  readonly port?: number;
}

export interface RunningConsole {
  /** With the token that opens it. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Serves the page on 127.0.0.1, and answers its calls. */
export async function serveConsole({ files, answer, port = 0 }: ConsoleParts): Promise<RunningConsole> {
  const server = createServer();
  const taken = await listen(server, port);
  const desk = new Desk({ files, answer }, taken);
  server.on('request', (request, response) => void desk.serve(request, response));
  return {
    address: `http://127.0.0.1:${taken}/#token=${desk.token}`,
    stop: () => stop(server),
  };
}

class Desk {
  readonly #sessions = new Sessions();
  readonly #parts: Pick<ConsoleParts, 'files' | 'answer'>;
  readonly #port: number;

  constructor(parts: Pick<ConsoleParts, 'files' | 'answer'>, port: number) {
    this.#parts = parts;
    this.#port = port;
  }

  get token(): string {
    return this.#sessions.token;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    try {
      const { host } = request.headers;
      if (!isOwnHost({ host }, this.#port)) sendProblem(response, 421, 'This server has another address.');
      else if (request.method === 'GET') this.#sendFile(pathOf(request), response);
      else if (request.method === 'POST') await this.#take(request, response);
      else sendProblem(response, 405, 'Only GET and POST are answered.');
    } catch (error) {
      sendProblem(response, ...explained(error));
    }
  }

  /** Any other path is a place in the page. */
  #sendFile(path: string, response: ServerResponse): void {
    const { assets, index } = this.#parts.files;
    const asset = assets.get(path);
    if (asset) send(response, asset, path.includes('-') ? 'max-age=31536000, immutable' : 'no-cache');
    else if (path.startsWith('/assets/'))
      sendProblem(response, 404, 'There is no such file. Load the page again.');
    else send(response, index, 'no-cache');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    if (!isOwnPage({ host, origin, site: textOf(site) }))
      return sendProblem(response, 403, 'Another page asks.');
    const input = await readJson(request);
    const path = pathOf(request);
    if (path === '/session') return this.#open(input, response);
    const cookie = cookieIn(request, this.#cookieName);
    const key = textOf(request.headers['x-edge-key']);
    if (!this.#sessions.isOpen({ cookie, key })) return sendProblem(response, 401, signedOut);
    const [, name] = /^\/ask\/(\w+)$/.exec(path) ?? [];
    if (name === undefined) return sendProblem(response, 404, 'There is no such call.');
    const as = textOf(request.headers['x-edge-as']);
    sendJson(response, 200, await this.#parts.answer({ name, input, as }));
  }

  #open(input: Readonly<Record<string, unknown>>, response: ServerResponse): void {
    const session = this.#sessions.open(String(input.token));
    if (session) this.#welcome(session, response);
    else sendProblem(response, 401, signedOut);
  }

  #welcome({ cookie, key }: Session, response: ServerResponse): void {
    response.setHeader('set-cookie', `${this.#cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/ask`);
    sendJson(response, 200, { key });
  }

  /** Two consoles on two ports do not overwrite each other's cookie. */
  get #cookieName(): string {
    return `edge-console-${this.#port}`;
  }
}

const signedOut =
  'This page is not connected to a console that runs. Open the address that `npm start` or `npm run edge -- console` printed.';

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0] ?? '/';

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

const cookieIn = ({ headers }: IncomingMessage, name: string): string | undefined =>
  headers.cookie
    ?.split('; ')
    .find(pair => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Status and words. What is no Failure is a bug: its text stays in the terminal. */
function explained(error: unknown): [number, string] {
  if (error instanceof Failure) return [error.exitCode === 2 ? 400 : 502, error.message];
  console.error(error);
  return [500, 'The console failed. The terminal in which it runs says why.'];
}

function send(response: ServerResponse, { type, body }: PageFile, cache: string): void {
  response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': cache });
  response.end(body);
}

function sendJson(response: ServerResponse, status: number, answer: unknown): void {
  // First: if this fails, the request can still be answered with 500.
  const body = JSON.stringify(answer);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body);
}

const sendProblem = (response: ServerResponse, status: number, message: string): void =>
  sendJson(response, status, { message });

/** Gives the port. */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && port !== 0) return listen(server, 0);
    throw error;
  });
  return (server.address() as AddressInfo).port;
}

const stop = (server: Server): Promise<void> =>
  new Promise(done => {
    server.close(() => done());
    server.closeAllConnections();
  });
