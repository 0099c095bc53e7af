import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceOf } from './credential-scope.ts';
import { type Faults, loseAnswer, refuseCall } from './faults.ts';
import { sendText } from './http.ts';
import { type Exchange, TwoProtocols } from './two-protocols.ts';

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
/** Of a service whose clients may speak HTTP/2 as well. */
export type ServeExchange = (exchange: Exchange) => Promise<void> | void;

/** One origin for every service: requests go where their signature's scope says, unsigned ones to the console. */
export class Front {
  readonly #servers = new TwoProtocols();
  readonly #faults: Faults | undefined;
  #port = 0;

  /** `faults` strike calls over HTTP/1.1: all but those of Kinesis. */
  constructor(faults?: Faults) {
    this.#faults = faults;
  }

  /** `0` takes any free port. */
  async listen(port: number): Promise<void> {
    this.#port = await this.#servers.listen(port);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** `either` are services over HTTP/1.1 or HTTP/2, `services` those over HTTP/1.1 alone. */
  serve(
    services: Readonly<Record<string, Serve>>,
    console: Serve,
    either: Readonly<Record<string, ServeExchange>> = {},
  ): void {
    this.#servers.http1.on('request', (request, response) => {
      const service = serviceOf(request);
      const serve = service === undefined ? console : services[service];
      const serveEither = service === undefined ? undefined : either[service];
      const fate = service === undefined ? 'done' : (this.#faults?.(service, request) ?? 'done');
      const carryOut = async () => {
        if (service !== undefined && (fate === 'refused' || fate === 'failed'))
          return refuseCall(service, response, fate);
        if (fate === 'lost') loseAnswer(response);
        if (typeof fate === 'object') await sleep(fate.lateMilliseconds);
        if (serve) await serve(request, response);
        else if (serveEither) await serveEither({ request, response });
        else sendText(response, 501, `${service} is not served by the local cloud\n`);
      };
      void answer(carryOut, { request, response });
    });
    this.#servers.http2.on('request', (request, response) => {
      const service = serviceOf(request);
      const serve = service === undefined ? undefined : either[service];
      if (serve) void answer(() => serve({ request, response }), { request, response });
      else sendText(response, 501, `${service ?? 'the console'} is not served over HTTP/2\n`);
    });
  }

  async stop(): Promise<void> {
    await this.#servers.stop();
  }
}

/** What goes wrong inside is told to the client and to us; a client that went away needs no answer. */
export async function answer(
  serve: () => Promise<void> | void,
  { request, response }: Exchange,
): Promise<void> {
  try {
    await serve();
  } catch (problem) {
    if (isGone(problem)) return;
    console.error(`${request.method} ${request.url}:`, problem);
    if (!response.headersSent) sendText(response, 500, `${problem}\n`);
    else response.destroy();
  }
}

const isGone = (problem: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(
    String((problem as NodeJS.ErrnoException).code),
  );
