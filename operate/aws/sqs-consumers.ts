import type { SQSClient } from '@aws-sdk/client-sqs';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import type { Consumers } from '../plan-ports.ts';

/** `arns` of queues by names of consumers; `queuesUrl`: how URLs of this account's queues begin. */
export const sqsConsumers = (
  client: SQSClient,
  queuesUrl: string,
  arns: Readonly<Record<string, string>>,
): Consumers => ({
  async send(consumer, message) {
    const arn = Object.hasOwn(arns, consumer) ? arns[consumer] : undefined;
    if (arn === undefined) return 'unknown';
    await new SqsQueue(client, queuesUrl + arn.slice(arn.lastIndexOf(':') + 1)).send([message]);
    return 'sent';
  },
});
