import { Aws, Duration } from 'aws-cdk-lib';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { undeliveredBucketName, undeliveredNoticesName } from '#shared/core/identity/resource-names.ts';
import { closedBucket } from '../platform/closed-bucket.ts';
import { tidyQueue } from '../platform/tidy-queue.ts';
import { suppress } from '../suppress.ts';
import type { FeedProps } from './feed-props.ts';

/** Where Lambda writes, in a bucket that is a failure destination. */
export const undeliveredPrefix = 'aws/lambda/';

/**
 * The undelivered records of a feed, stored complete, and the queue with their notices. A queue alone would only hold their place
 * on a stream that drops them.
 */
export class FeedUndelivered extends Construct {
  readonly bucket: Bucket;
  readonly queue: Queue;
  /** Notices that could not be brought to the queue. */
  readonly unannounced: Queue;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { feed, stage }: FeedProps) {
    super(scope, id);
    this.bucket = closedBucket(this, 'Records', {
      stage,
      bucketName: undeliveredBucketName(stage, feed.id, { account: Aws.ACCOUNT_ID, region: Aws.REGION }),
      eventBridge: true,
      lifecycleRules: [
        {
          id: 'age',
          expiration: Duration.days(feed.retentionDays),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    suppress(
      this.bucket,
      'AwsSolutions-S1',
      'Lambda alone writes here, and only undelivered records; each object is announced on the queue beside it.',
    );
    this.queue = new Queue(this, 'Announced', {
      ...tidyQueue,
      queueName: undeliveredNoticesName(stage, feed.id),
      retentionPeriod: Duration.days(14),
    });
    suppress(
      this.queue,
      'AwsSolutions-SQS3',
      'It is a dead-letter queue: people read it, no consumer fails on it. The bucket holds the records themselves.',
    );
    this.unannounced = new Queue(this, 'Unannounced', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    suppress(
      this.unannounced,
      'AwsSolutions-SQS3',
      'It is the dead-letter queue of the rule below: people read it, no consumer fails on it.',
    );
    this.rule = new Rule(this, 'Written', {
      description: `Undelivered records of feed ${feed.id}`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [this.bucket.bucketName] },
          object: { key: Match.prefix(undeliveredPrefix) },
        },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.unannounced })],
    });
  }
}
