import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import dynalite from 'dynalite';
import { readBody, sendAmzJson } from '../http.ts';
import { Loopback } from '../loopback.ts';
import { replayedRequest } from '../replayed-request.ts';
import { Inserts } from './inserts.ts';
import type { Item } from './item.ts';
import { StreamedWrites } from './streamed-writes.ts';
import type { TableStream } from './table-stream.ts';

/** dynalite, in memory, with the streams that it lacks. */
export class Tables {
  readonly #server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  readonly #writes: StreamedWrites;
  readonly #inserts = new Inserts((action, input) => this.#act(action, input));
  #loopback = new Loopback(0);

  constructor(streams: readonly TableStream[] = []) {
    // Node.js closes idle connections after 5 seconds, sometimes just as the next request is sent.
    this.#server.keepAliveTimeout = 0;
    this.#writes = new StreamedWrites(streams, (table, key) => this.read(table, key));
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address && typeof address === 'object') this.#loopback = new Loopback(address.port);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const action = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const input = inputOf(body);
    if (action === 'BatchExecuteStatement')
      return sendAmzJson(response, 200, { Responses: await this.#inserts.run(input.Statements) });
    const carryOut = () => {
      const answered = whenAnswered(response);
      this.#server.emit('request', replayedRequest(request, body), response);
      return answered;
    };
    if (this.#writes.concerns(action, input)) await this.#writes.write({ action, input }, carryOut);
    else await carryOut();
  }

  /** A write of ours that leaves a stream record, as one from outside does. A put is one that takes new keys alone. */
  async #act<T>(action: string, input: Readonly<Record<string, unknown>>): Promise<T> {
    const carryOut = () => this.call<T>(action, input);
    if (action === 'PutItem') return this.#writes.insert(input, carryOut);
    return this.#writes.concerns(action, input)
      ? this.#writes.write({ action, input }, carryOut)
      : carryOut();
  }

  /** Creates a table and waits until it can be used. */
  async create(input: object & { readonly TableName: string }): Promise<void> {
    await this.call('CreateTable', input);
    while (!(await this.#isActive(input.TableName))) await sleep(10);
  }

  async #isActive(TableName: string): Promise<boolean> {
    const { Table } = await this.call<{ Table: { TableStatus: string } }>('DescribeTable', { TableName });
    return Table.TableStatus === 'ACTIVE';
  }

  /** Every item, page by page, that the expression lets through. */
  scan(TableName: string, filter: object): AsyncGenerator<Item> {
    return this.#pages('Scan', { TableName, ConsistentRead: true, ...filter });
  }

  /** What a query finds, page by page. */
  query(input: Readonly<Record<string, unknown>>): AsyncGenerator<Item> {
    return this.#pages('Query', input);
  }

  async *#pages(action: string, input: object): AsyncGenerator<Item> {
    let start: Item | undefined;
    do {
      const page: { Items: Item[]; LastEvaluatedKey?: Item } = await this.call(action, {
        ...input,
        ...(start && { ExclusiveStartKey: start }),
      });
      yield* page.Items;
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** Writes the items of an earlier cloud; that leaves no stream record. */
  async restore(TableName: string, items: readonly Item[]): Promise<void> {
    for (const Item of items) await this.call('PutItem', { TableName, Item });
  }

  /** Deletes an item whose time is over. */
  async expire(TableName: string, Key: Item): Promise<void> {
    const input = { TableName, Key };
    const write = { action: 'DeleteItem', input, expires: true };
    await this.#writes.write(write, () => this.call('DeleteItem', input));
  }

  /** Calls dynalite itself: what is written so leaves no stream record. */
  async call<T>(action: string, body: object): Promise<T> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
      authorization: 'AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=local',
    };
    return JSON.parse(await this.#loopback.post(headers, JSON.stringify(body))) as T;
  }

  async read(TableName: string, Key: Item): Promise<Item | undefined> {
    const { Item } = await this.call<{ Item?: Item }>('GetItem', { TableName, Key, ConsistentRead: true });
    return Item;
  }

  async stop(): Promise<void> {
    this.#loopback.stop();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve, reject) =>
      this.#server.close(problem => (problem ? reject(problem) : resolve())),
    );
  }
}

/** When dynalite is done, also for a caller who is gone by then: a killed function must not keep others waiting for its turn. */
const whenAnswered = (response: ServerResponse): Promise<void> =>
  new Promise(resolve => {
    const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
    Object.assign(response, {
      end: (...given: unknown[]) => {
        resolve();
        return end(...given);
      },
    });
  });

/** What is no JSON object names no item; dynalite will say so. */
function inputOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(body.toString());
    return typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
