import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { Loopback } from '../loopback.ts';

/** An attribute value in DynamoDB's JSON. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Readonly<Record<string, AttributeValue>> }
  | { readonly L: readonly AttributeValue[] };

export type Item = Readonly<Record<string, AttributeValue>>;

/** dynalite, in memory. */
export class Tables {
  readonly #server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  #loopback = new Loopback(0);

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address && typeof address === 'object') this.#loopback = new Loopback(address.port);
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    this.#server.emit('request', request, response);
  }

  async create(input: object & { readonly TableName: string }): Promise<void> {
    await this.call('CreateTable', input);
  }

  /** Every item, page by page, that the expression lets through. */
  async *scan(TableName: string, filter: Readonly<Record<string, unknown>>): AsyncGenerator<Item> {
    let start: Item | undefined;
    do {
      const page: { Items: Item[]; LastEvaluatedKey?: Item } = await this.call('Scan', {
        TableName,
        ConsistentRead: true,
        ...filter,
        ...(start && { ExclusiveStartKey: start }),
      });
      yield* page.Items;
      start = page.LastEvaluatedKey;
    } while (start);
  }

  async call<T>(action: string, body: object): Promise<T> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
      authorization: 'AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=local',
    };
    return JSON.parse(await this.#loopback.post(headers, JSON.stringify(body))) as T;
  }

  async stop(): Promise<void> {
    this.#loopback.stop();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve, reject) =>
      this.#server.close(problem => (problem ? reject(problem) : resolve())),
    );
  }
}
