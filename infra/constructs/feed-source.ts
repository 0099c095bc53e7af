import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { CdcFeed } from '../../shared/contract/define-cdc-feed.ts';
import type { Stage } from '../stage.ts';
import { dataStream } from './feed-data-stream.ts';
import { kafkaCluster } from './feed-kafka.ts';
import { tableStream } from './feed-table-stream.ts';

/** What a feed's mapping reads from. */
export interface FeedSource {
  readonly arn: string;
  /** Name of the data stream, the table, or the first topic. */
  readonly name: string;
  /** What reading it takes. */
  readonly reading: readonly PolicyStatement[];
  /** Of Kafka: one mapping for each. */
  readonly topics: readonly Topic[];
}

export interface Topic {
  readonly name: string;
  /** The consumer group that its mapping joins. */
  readonly group: string;
}

/** The stream that the contract names: made here, or told to the stack when it is deployed. */
export function feedSource(scope: Construct, feed: CdcFeed, stage: Stage): FeedSource {
  switch (feed.stream.kind) {
    case 'kinesis':
      return dataStream(scope, feed.stream, stage);
    case 'dynamodb':
      return tableStream(scope, feed, feed.stream, stage);
    case 'kafka':
      return kafkaCluster(scope, feed, feed.stream, stage);
  }
}
