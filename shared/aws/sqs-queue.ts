import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { limits } from '../contract/limits.ts';
import type { Queue } from '../ports.ts';
import { nameOf, permitted } from './aws-errors.ts';
import { messageBatches } from './message-batches.ts';

export class SqsQueue implements Queue {
  readonly #client: SQSClient;
  readonly #url: string;

  constructor(client: SQSClient, url: string) {
    this.#client = client;
    this.#url = url;
  }

  /** @throws Error when the queue took less than all; sending them all again is for the caller's own retry. */
  async send(bodies: readonly object[], delaySeconds = 0): Promise<void> {
    const DelaySeconds = Math.min(Math.ceil(delaySeconds), limits.delaySecondsMax);
    for (const batch of messageBatches(bodies.map(body => JSON.stringify(body))))
      await this.#sendBatch(batch, DelaySeconds);
  }

  async defer(receiptHandle: string, seconds: number): Promise<void> {
    const VisibilityTimeout = Math.min(Math.max(Math.ceil(seconds), 0), limits.visibilitySecondsMax);
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.#url,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout,
    });
    try {
      await permitted(`deferring a message of ${this.#url}`, this.#client.send(command));
    } catch (error) {
      // Its visibility timeout ended before: it is visible already.
      if (!nameOf(error).endsWith('MessageNotInflight')) throw error;
    }
  }

  async #sendBatch(batch: readonly string[], DelaySeconds: number): Promise<void> {
    const delay = DelaySeconds > 0 ? { DelaySeconds } : {};
    const Entries = batch.map((MessageBody, i) => ({ Id: String(i), MessageBody, ...delay }));
    const command = new SendMessageBatchCommand({ QueueUrl: this.#url, Entries });
    const { Failed = [] } = await permitted(`sending to ${this.#url}`, this.#client.send(command));
    if (Failed.length > 0) throw new Error(`${this.#url} refused ${describe(Failed)}`);
  }
}

const describe = (failed: readonly BatchResultErrorEntry[]): string =>
  `${failed.length} messages: ${[...new Set(failed.map(entry => `${entry.Code} ${entry.Message ?? ''}`.trim()))].join('; ')}`;
