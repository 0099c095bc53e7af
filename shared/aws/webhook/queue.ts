import { SQSClient } from '@aws-sdk/client-sqs';
import { limits } from '../../contract/limits.ts';
import type { Queue } from '../../ports.ts';
import { connections, hasEndpoint } from '../connections.ts';
import { SqsQueue } from '../sqs-queue.ts';

export const webhookQueue = (env: NodeJS.ProcessEnv, url: string): Queue =>
  new SqsQueue(
    new SQSClient({
      requestHandler: connections(limits.webhookCallMillisecondsMax),
      // A queue's URL names its host; with an endpoint of one's own only that is reached.
      useQueueUrlAsEndpoint: !hasEndpoint(env, 'SQS'),
    }),
    url,
  );
