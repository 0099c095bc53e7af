import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

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
