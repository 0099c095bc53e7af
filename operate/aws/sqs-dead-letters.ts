import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { nameOf, permitted } from '#shared/aws/aws-errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { DeadLetter, DeadLetters } from '../ports.ts';
import { letterOf } from './letter-of.ts';

const batch = 10;

/** `urlOf` gives the URL of an integration's queue. Reading hides messages for a moment and shows them again at once. */
export class SqsDeadLetters implements DeadLetters {
  readonly #client: SQSClient;
  readonly #urlOf: (integration: string) => string;

  constructor(client: SQSClient, urlOf: (integration: string) => string) {
    this.#client = client;
    this.#urlOf = urlOf;
  }

  async count(integration: string): Promise<number | 'missing'> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: this.#urlOf(integration),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
    const answer = await unlessMissing(permitted(`counting in ${integration}`, this.#client.send(command)));
    if (answer === 'missing') return answer;
    const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } =
      answer.Attributes ?? {};
    return Number(visible ?? 0) + Number(hidden ?? 0);
  }

  async read(integration: string, limit: number): Promise<readonly DeadLetter[] | 'missing'> {
    const url = this.#urlOf(integration);
    const found = new Map<string, Message>();
    try {
      while (found.size < limit) {
        const messages = await unlessMissing(this.#receive(url, Math.min(batch, limit - found.size)));
        if (messages === 'missing') return messages;
        for (const message of messages) found.set(message.MessageId ?? '', message);
        if (messages.length === 0) break;
      }
    } finally {
      await this.#show(url, [...found.values()]);
    }
    return [...found.values()].map(letterOf);
  }

  async #receive(QueueUrl: string, MaxNumberOfMessages: number): Promise<readonly Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages,
      VisibilityTimeout: limits.deadLettersHiddenSeconds,
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
    });
    const { Messages = [] } = await permitted(`reading ${QueueUrl}`, this.#client.send(command));
    return Messages;
  }

  /** What cannot be shown again shows itself when its time is over. */
  async #show(QueueUrl: string, messages: readonly Message[]): Promise<void> {
    for (let i = 0; i < messages.length; i += batch)
      await this.#client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: messages
            .slice(i, i + batch)
            .map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle, VisibilityTimeout: 0 })),
        }),
      );
  }
}

async function unlessMissing<T>(call: Promise<T>): Promise<T | 'missing'> {
  try {
    return await call;
  } catch (error) {
    if (/NonExistentQueue|QueueDoesNotExist/.test(nameOf(error))) return 'missing';
    throw error;
  }
}
