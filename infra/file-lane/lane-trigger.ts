import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { LaneQueues } from './lane-queues.ts';

interface LaneTriggerProps {
  readonly inbound: IBucket;
  /** Where a partner drops files, and corrected rows. */
  readonly prefixes: readonly string[];
  readonly queues: LaneQueues;
}

/** Brings each object that arrives under the prefixes to the lane's queue; what cannot be brought goes to its dead letters. */
export const laneTrigger = (scope: Construct, { inbound, prefixes, queues }: LaneTriggerProps): Rule =>
  new Rule(scope, 'ObjectCreated', {
    description: `Files under ${prefixes.join(' and ')}`,
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [inbound.bucketName] },
        object: { key: Match.anyOf(...prefixes.map(prefix => Match.prefix(prefix))) },
      },
    },
    targets: [new SqsQueue(queues.work, { deadLetterQueue: queues.deadLetters })],
  });
