import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Calls of the local cloud to its own services, over connections that are kept. */
export class Loopback {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** Rejects on any status but 200; the message is the service's. */
  async post(headers: Readonly<Record<string, string>>, body: string): Promise<string> {
    const answer = await this.#send(headers, body);
    if (answer.status === 200) return answer.body;
    throw new Error(`${headers['x-amz-target']}: ${answer.status} ${answer.body}`);
  }

  stop(): void {
    this.#agent.destroy();
  }

  #send(headers: Readonly<Record<string, string>>, body: string): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.#port, method: 'POST', agent: this.#agent, headers };
      const sent = request(options, response => {
        text(response).then(answer => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
