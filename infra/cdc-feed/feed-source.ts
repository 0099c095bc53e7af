import type { Construct } from 'constructs';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { Stage } from '../stage.ts';
import { dataStream } from './feed-data-stream.ts';
import { kafkaCluster } from './feed-kafka.ts';
import type { FeedSource } from './feed-source-type.ts';
import { tableStream } from './feed-table-stream.ts';

/** The stream that the contract names: created here, or named by a parameter of the stack. */
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
