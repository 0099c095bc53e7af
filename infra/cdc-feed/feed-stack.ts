import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { IntegrationStackProps } from '../integration-stack-props.ts';
import { Platform } from '../platform/platform.ts';
import { readLog } from '../platform/read-log.ts';
import { registerIntegration } from '../platform/registry.ts';
import { tidyQueue } from '../platform/tidy-queue.ts';
import { suppress } from '../suppress.ts';
import { FeedAlarms } from './feed-alarms.ts';
import { FeedFunction } from './feed-function.ts';
import { feedMapping } from './feed-mapping.ts';
import { feedSource } from './feed-source.ts';
import { FeedUndelivered } from './feed-undelivered.ts';

/** One CDC feed: from its stream to its function, with nothing shared but the platform. */
export class FeedStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { contract: feed, stage, codeOf, ...props }: IntegrationStackProps<CdcFeed>,
  ) {
    super(scope, id, props);
    const platform = new Platform(this, stage);
    registerIntegration(this, feed, stage);
    const source = feedSource(this, { feed, stage });
    const log = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    const undelivered = new FeedUndelivered(this, 'Undelivered', { feed, stage });
    const changes = this.#changesQueue();
    const { fn, live } = new FeedFunction(this, 'Feed', {
      ...{ feed, platform, source, undelivered, changes, log, stage },
      code: codeOf(feed.id),
    });
    readLog(this, { contract: feed, log, platform, stage });
    feedMapping(this, { feed, fn: live, source, undelivered: undelivered.bucket });
    const watched = { undelivered: undelivered.queue, announcing: undelivered.rule, source, fn, log };
    new FeedAlarms(this, 'Alarms', { feed, watched, stage, topic: platform.alarms });
    this.addMetadata('edge:integration', {
      id: feed.id,
      kind: feed.kind,
      stream: source.name,
      streamKind: feed.stream.kind,
      source: feed.source.kind,
    });
    new CfnOutput(this, 'StreamArn', { value: source.arn });
    new CfnOutput(this, 'ChangesQueueUrl', { value: changes.queueUrl });
    new CfnOutput(this, 'QuarantineBucketName', { value: platform.quarantine.bucketName });
    new CfnOutput(this, 'UndeliveredQueueUrl', { value: undelivered.queue.queueUrl });
    new CfnOutput(this, 'UnannouncedQueueUrl', { value: undelivered.unannounced.queueUrl });
    new CfnOutput(this, 'UndeliveredBucketName', { value: undelivered.bucket.bucketName });
    new CfnOutput(this, 'FunctionName', { value: fn.functionName });
  }

  #changesQueue(): Queue {
    const queue = new Queue(this, 'QuarantinedChanges', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    suppress(
      queue,
      'AwsSolutions-SQS3',
      'It holds announcements for a consumer to come; who adds the consumer decides where its failures go. The changes themselves are in the quarantine bucket.',
    );
    return queue;
  }
}
