import { once } from 'node:events';
import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

/** What a client that knows it speaks HTTP/2 says first (RFC 9113, 3.4). */
const preface = Buffer.from('PRI * HTTP/2.0');

/** A request and its response over either protocol, as far as both are alike. */
export interface Exchange {
  readonly request: IncomingMessage | Http2ServerRequest;
  readonly response: ServerResponse | Http2ServerResponse;
}

/**
 * One port for HTTP/1.1 and for HTTP/2 without TLS: the SDK's Kinesis client speaks only the latter, all others the former.
 * A connection goes to the server of the protocol that its first bytes speak.
 */
export class TwoProtocols {
  readonly http1 = createHttp1();
  readonly http2 = createHttp2();
  readonly #listener: Server = createServer(socket => this.#take(socket));
  readonly #sockets = new Set<Socket>();

  constructor() {
    // Uploads take as long as they take, and idle clients are not cut off in the middle of their next request.
    this.http1.requestTimeout = 0;
    this.http1.keepAliveTimeout = 120_000;
  }

  /** `0` takes any free port. Gives the port taken. */
  async listen(port: number): Promise<number> {
    this.#listener.listen(port, '127.0.0.1');
    await once(this.#listener, 'listening');
    const address = this.#listener.address();
    if (!address || typeof address === 'string') throw new Error(`listening at ${address}, not at a port`);
    return address.port;
  }

  async stop(): Promise<void> {
    if (!this.#listener.listening) return;
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // Until a server has it, nobody else listens; who goes away early has asked for nothing.
    const ignore = () => undefined;
    socket.on('error', ignore);
    socket.once('readable', () => {
      const begin: Buffer | null = socket.read();
      if (!begin) return;
      socket.unshift(begin);
      const server = begin.subarray(0, preface.length).equals(preface) ? this.http2 : this.http1;
      server.emit('connection', socket);
      socket.removeListener('error', ignore);
    });
  }
}
