import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { permitted } from '#shared/aws/aws-errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { FinishedLetters } from '../reconcile-ports.ts';

const batch = 10;

/** `urlOf` gives the URL of an integration's dead-letter queue. What is not removed is shown again at once. */
export const sqsFinishedLetters = (
  client: SQSClient,
  urlOf: (integration: string) => string,
): FinishedLetters => ({
  async remove(integration, isFinished) {
    const QueueUrl = urlOf(integration);
    const kept: Message[] = [];
    let removed = 0;
    try {
      for (let read = 0; read < limits.deadLettersReadMax; ) {
        const messages = await receive(client, QueueUrl);
        if (messages.length === 0) break;
        read += messages.length;
        const finished = await inParallel(messages, batch, ({ Body = '' }) => isFinished(Body));
        const over = messages.filter((_, i) => finished[i]);
        kept.push(...messages.filter((_, i) => !finished[i]));
        if (over.length === 0) continue;
        const Entries = over.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
        const deleting = client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
        const { Successful = [] } = await permitted(`deleting from ${QueueUrl}`, deleting);
        removed += Successful.length;
      }
    } finally {
      await show(client, QueueUrl, kept);
    }
    return removed;
  },
});

async function receive(client: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: batch,
    VisibilityTimeout: limits.deadLettersHiddenSeconds,
  });
  const { Messages = [] } = await permitted(`reading ${QueueUrl}`, client.send(command));
  return Messages;
}

/** What cannot be shown again shows itself when its time is over. */
async function show(client: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  for (let i = 0; i < messages.length; i += batch)
    await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: messages
          .slice(i, i + batch)
          .map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle, VisibilityTimeout: 0 })),
      }),
    );
}
