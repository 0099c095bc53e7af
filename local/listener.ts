import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** An HTTP server on this machine's loopback address, on a port of its own. */
export class Listener {
  readonly server: Server;
  #port = 0;

  constructor(server: Server = createServer()) {
    this.server = server;
    // Node.js closes idle connections after 5 seconds, sometimes just as the next request is sent.
    this.server.keepAliveTimeout = 120_000;
  }

  /** `0` takes any free port. */
  async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address && typeof address === 'object') this.#port = address.port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server, 'close');
  }
}
