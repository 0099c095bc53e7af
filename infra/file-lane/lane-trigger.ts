import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { LaneQueues } from './lane-queues.ts';

interface LaneTriggerProps {
  readonly inbound: IBucket;
  readonly inPrefix: string;
  readonly queues: LaneQueues;
}

/** Brings each object that arrives under `inPrefix` to the lane's queue; what cannot be brought goes to its dead letters. */
export const laneTrigger = (scope: Construct, { inbound, inPrefix, queues }: LaneTriggerProps): Rule =>
  new Rule(scope, 'ObjectCreated', {
    description: `Files under ${inPrefix}`,
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [inbound.bucketName] }, object: { key: Match.prefix(inPrefix) } },
    },
    targets: [new SqsQueue(queues.work, { deadLetterQueue: queues.deadLetters })],
  });
