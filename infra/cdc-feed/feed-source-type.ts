import type { IMetric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What a feed's mapping reads from. */
export interface FeedSource {
  readonly arn: string;
  /** Name of the data stream, the table, or the first topic. */
  readonly name: string;
  /** What reading it takes. */
  readonly reading: readonly PolicyStatement[];
  /** What counts in a period when records come, whether they are read or not. */
  readonly arriving: (options: MetricOptions) => IMetric;
  /** Of Kafka, where the function gives no age: how many seconds its records wait, at most. */
  readonly lag?: (options: MetricOptions) => IMetric;
  /** Of Kafka: one mapping for each. */
  readonly topics: readonly Topic[];
}

export interface Topic {
  readonly name: string;
  /** The consumer group that its mapping joins. */
  readonly group: string;
}
