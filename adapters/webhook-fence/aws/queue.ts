import { SQSClient } from '@aws-sdk/client-sqs';
import { connections, hasEndpoint } from '#shared/aws/connections.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Queue } from '#shared/ports.ts';

export const webhookQueue = (env: NodeJS.ProcessEnv, url: string): Queue =>
  new SqsQueue(
    new SQSClient({
      requestHandler: connections(limits.webhookCallMillisecondsMax),
      // A queue's URL names its host. With a custom endpoint only that endpoint can be reached.
      useQueueUrlAsEndpoint: !hasEndpoint(env, 'SQS'),
    }),
    url,
  );
