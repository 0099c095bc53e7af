import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildApp } from 'fauxqs';
import { account, arnResource } from '../aws-names.ts';
import { readBody } from '../http.ts';
import { Loopback } from '../loopback.ts';
import { replayedRequest } from '../replayed-request.ts';
import { type InspectedQueue, type KeptMessage, keptMessages, sendingOf } from './kept-message.ts';
import { innerHost, translateQueueUrls } from './queue-urls.ts';

/** A message as ReceiveMessage gives it. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

/** fauxqs's SQS behind our front. */
export class Queues {
  readonly #app: ReturnType<typeof buildApp>;
  readonly #origin: string;
  readonly #names: string[] = [];
  #loopback = new Loopback(0);
  #kept: Readonly<Record<string, readonly KeptMessage[]>> | undefined;

  constructor(origin: string, region: string) {
    this.#origin = origin;
    this.#app = buildApp({ logger: false, defaultRegion: region, host: innerHost });
    translateQueueUrls(this.#app, `http://sqs.${region}.${innerHost}`, origin);
  }

  async start(): Promise<void> {
    const address = await this.#app.listen({ host: '127.0.0.1', port: 0 });
    this.#loopback = new Loopback(Number(new URL(address).port));
  }

  url(queueArn: string): string {
    return `${this.#origin}/${account}/${arnResource(queueArn)}`;
  }

  async create(QueueName: string, Attributes: Readonly<Record<string, string>>): Promise<void> {
    await this.#call('CreateQueue', { QueueName, Attributes });
    this.#names.push(QueueName);
  }

  async send(queueArn: string, MessageBody: string): Promise<void> {
    await this.#call('SendMessage', { QueueUrl: this.url(queueArn), MessageBody });
  }

  async receive(queueArn: string, max: number, waitSeconds: number): Promise<readonly ReceivedMessage[]> {
    const answer = await this.#call<{ Messages?: ReceivedMessage[] }>('ReceiveMessage', {
      QueueUrl: this.url(queueArn),
      MaxNumberOfMessages: max,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return answer.Messages ?? [];
  }

  async delete(queueArn: string, ReceiptHandle: string): Promise<void> {
    await this.#call('DeleteMessage', { QueueUrl: this.url(queueArn), ReceiptHandle });
  }

  /** Until so many seconds from now. */
  async hide(queueArn: string, ReceiptHandle: string, VisibilityTimeout: number): Promise<void> {
    const QueueUrl = this.url(queueArn);
    await this.#call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout });
  }

  async attributes(queueArn: string): Promise<Readonly<Record<string, string>>> {
    const answer = await this.#call<{ Attributes: Record<string, string> }>('GetQueueAttributes', {
      QueueUrl: this.url(queueArn),
      AttributeNames: ['All'],
    });
    return answer.Attributes;
  }

  /** Sends what an earlier cloud left in the queue. */
  async restore(QueueName: string, messages: readonly KeptMessage[]): Promise<void> {
    const QueueUrl = `${this.#origin}/${account}/${QueueName}`;
    for (const message of messages)
      await this.#call('SendMessage', { QueueUrl, ...sendingOf(message, Date.now()) });
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** What was in each queue when it was stopped. */
  get kept(): Readonly<Record<string, readonly KeptMessage[]>> {
    return this.#kept ?? {};
  }

  /** Clients may send to the queue's URL; the action is named by a header. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#kept) return void response.writeHead(503).end();
    const replayed = replayedRequest(request, await readBody(request));
    this.#app.server.emit('request', Object.assign(replayed, { url: '/' }), response);
  }

  /** Ends long polls. Nothing is taken from here on: what is not kept was refused. */
  async stop(): Promise<void> {
    this.#kept ??= await this.#inspect();
    await this.#app.close();
    this.#loopback.stop();
  }

  async #inspect(): Promise<Record<string, readonly KeptMessage[]>> {
    const found: Record<string, readonly KeptMessage[]> = {};
    for (const name of this.#names) {
      const { payload } = await this.#app.inject({ method: 'GET', url: `/_fauxqs/queues/${name}` });
      found[name] = keptMessages(JSON.parse(payload) as InspectedQueue);
    }
    return found;
  }

  async #call<T>(action: string, body: object): Promise<T> {
    const headers = {
      host: innerHost,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    };
    return JSON.parse((await this.#loopback.post(headers, JSON.stringify(body))) || '{}') as T;
  }
}
