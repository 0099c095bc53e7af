import { type MessageAttributeValue, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetters } from '../ports.ts';
import { permitted } from './aws-errors.ts';

/** Sends messages to a dead-letter queue, for SQS cannot add attributes to a message that it moves there itself. */
export class SqsDeadLetters implements DeadLetters {
  readonly #client: SQSClient;
  readonly #url: string;

  constructor(client: SQSClient, url: string) {
    this.#client = client;
    this.#url = url;
  }

  async keep({ body, integration, reason, receives, correlationId }: DeadLetter): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl: this.#url,
      MessageBody: body,
      MessageAttributes: {
        integration: text(integration),
        reason: text(reason),
        receives: { DataType: 'Number', StringValue: String(receives) },
        ...(correlationId && { correlationId: text(correlationId) }),
      },
    });
    await permitted(`sending to ${this.#url}`, this.#client.send(command));
  }
}

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });
