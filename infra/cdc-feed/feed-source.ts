import type { Construct } from 'constructs';
import { dataStream } from './feed-data-stream.ts';
import { kafkaCluster } from './feed-kafka.ts';
import type { FeedProps } from './feed-props.ts';
import type { FeedSource } from './feed-source-type.ts';
import { tableStream } from './feed-table-stream.ts';

/** The stream that the contract names: created here, or named by a parameter of the stack. */
export function feedSource(scope: Construct, props: FeedProps): FeedSource {
  const { feed, stage } = props;
  switch (feed.stream.kind) {
    case 'kinesis':
      return dataStream(scope, feed.stream, stage);
    case 'dynamodb':
      return tableStream(scope, feed.stream, props);
    case 'kafka':
      return kafkaCluster(scope, feed.stream, props);
  }
}
