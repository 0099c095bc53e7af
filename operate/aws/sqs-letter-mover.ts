import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { permitted } from '#shared/aws/aws-errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { DeadLetterMover, HeldLetter } from '../plan-ports.ts';
import { letterOf } from './letter-of.ts';

/** AWS: messages of one call. */
const batch = 10;

/** URLs of an integration's queues. */
export interface QueueUrls {
  deadLetters(integration: string): string;
  work(integration: string): string;
}

/**
 * Moves messages out of dead-letter queues. SQS's own move task takes all messages of a queue, and cannot say what it will move; so
 * each is received, sent and deleted.
 */
export class SqsLetterMover implements DeadLetterMover {
  readonly #client: SQSClient;
  readonly #urls: QueueUrls;

  constructor(client: SQSClient, urls: QueueUrls) {
    this.#client = client;
    this.#urls = urls;
  }

  async *hold(integration: string): AsyncGenerator<readonly HeldLetter[]> {
    const url = this.#urls.deadLetters(integration);
    const known = new Set<string>();
    /** Receipts of letters that are in the queue. */
    const held = new Map<string, string>();
    try {
      for (;;) {
        const messages = await this.#receive(url);
        if (messages.length === 0) return;
        const fresh = messages.filter(({ MessageId = '' }) => !known.has(MessageId));
        for (const { MessageId = '', ReceiptHandle = '' } of messages) {
          known.add(MessageId);
          held.set(MessageId, ReceiptHandle);
        }
        yield fresh.map(message => this.#letter(integration, message, held));
      }
    } finally {
      await this.#show(url, [...held.values()]);
    }
  }

  #letter(integration: string, message: Message, held: Map<string, string>): HeldLetter {
    const { Body = '', MessageId = '', ReceiptHandle, MessageAttributes } = message;
    return {
      ...letterOf(message),
      reason: MessageAttributes?.reason?.StringValue,
      redrive: async () => {
        const to = this.#urls.work(integration);
        const send = new SendMessageCommand({ QueueUrl: to, MessageBody: Body });
        await permitted(`sending to ${to}`, this.#client.send(send));
        const from = this.#urls.deadLetters(integration);
        const remove = new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle });
        await permitted(`deleting from ${from}`, this.#client.send(remove));
        held.delete(MessageId);
      },
    };
  }

  /** Waits a second, so that SQS asks all its servers: a call that does not wait may miss messages. */
  async #receive(QueueUrl: string): Promise<readonly Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: batch,
      WaitTimeSeconds: 1,
      VisibilityTimeout: limits.planDeadLettersHiddenSeconds,
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      MessageAttributeNames: ['reason'],
    });
    const { Messages = [] } = await permitted(`reading ${QueueUrl}`, this.#client.send(command));
    return Messages;
  }

  /** What cannot be shown again shows itself when its time is over. */
  async #show(QueueUrl: string, receipts: readonly string[]): Promise<void> {
    for (let i = 0; i < receipts.length; i += batch)
      await this.#client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: receipts
            .slice(i, i + batch)
            .map((ReceiptHandle, n) => ({ Id: String(n), ReceiptHandle, VisibilityTimeout: 0 })),
        }),
      );
  }
}
