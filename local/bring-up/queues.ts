import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';
import { required } from '../required.ts';
import type { Queues } from '../sqs/queues.ts';
import { readProperties } from './read.ts';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional();

const queueShape = z.object({
  VisibilityTimeout: text,
  DelaySeconds: text,
  MaximumMessageSize: text,
  MessageRetentionPeriod: text,
  ReceiveMessageWaitTimeSeconds: text,
  FifoQueue: text,
  ContentBasedDeduplication: text,
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .optional(),
});

export async function bringUpQueues(blueprint: Blueprint, queues: Queues): Promise<void> {
  for (const resource of blueprint.ofType('AWS::SQS::Queue')) {
    const { RedrivePolicy, ...rest } = readProperties(blueprint, resource, queueShape);
    const attributes = Object.entries({
      ...rest,
      RedrivePolicy: RedrivePolicy && JSON.stringify(RedrivePolicy),
    }).filter((entry): entry is [string, string] => entry[1] !== undefined);
    await queues.create(
      required(blueprint.identity(resource).attributes.QueueName, 'QueueName'),
      Object.fromEntries(attributes),
    );
  }
}
