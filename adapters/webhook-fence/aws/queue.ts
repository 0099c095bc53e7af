import { SQSClient } from '@aws-sdk/client-sqs';
import { connections, hasEndpoint } from '#shared/aws/connections.ts';
import { SqsDeadLetters } from '#shared/aws/sqs-dead-letters.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { limits } from '#shared/contract/limits.ts';
import type { DeadLetters, Queue } from '#shared/ports.ts';

interface QueueUrls {
  readonly spill: string;
  readonly deadLetters: string;
}

export function webhookQueues(
  env: NodeJS.ProcessEnv,
  urls: QueueUrls,
): { readonly spill: Queue; readonly deadLetters: DeadLetters } {
  const client = new SQSClient({
    requestHandler: connections(limits.webhookCallMillisecondsMax),
    // A queue's URL names its host. With a custom endpoint only that endpoint can be reached.
    useQueueUrlAsEndpoint: !hasEndpoint(env, 'SQS'),
  });
  return {
    spill: new SqsQueue(client, urls.spill),
    deadLetters: new SqsDeadLetters(client, urls.deadLetters),
  };
}
