import { CfnParameter, Fn } from 'aws-cdk-lib';
import { MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { KafkaTopics } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { joiningNetwork } from '../brought/network-use.ts';
import { allow } from '../platform/iam-statements.ts';
import type { FeedProps } from './feed-props.ts';
import type { FeedSource, Topic } from './feed-source-type.ts';

/**
 * Topics of an MSK cluster with IAM authentication, named in `sources` of `edge.config.ts`. Lambda's pollers join the cluster's
 * network themselves, with the function's rights.
 */
export function kafkaCluster(scope: Construct, { topics: names }: KafkaTopics, props: FeedProps): FeedSource {
  const topics = names.map(name => ({ name, group: groupOf(props, name) }));
  const arn = props.stage.sources[props.feed.id] ?? askedCluster(scope, names);
  // arn:…:cluster/<name>/<uuid> -> arn:…:topic/<name>/<uuid>/<topic>
  const within = (kind: 'topic' | 'group', name: string) =>
    `${Fn.join(`:${kind}/`, Fn.split(':cluster/', arn, 2))}/${name}`;
  const describe = ['DescribeCluster', 'DescribeClusterV2', 'GetBootstrapBrokers'];
  const ofGroups = (metricName: string, options: MetricOptions): MathExpression =>
    largestOf(
      topics.map(topic => groupMetric({ arn, topic, metricName }, options)),
      options,
    );
  return {
    arn,
    // MSK gives the lag of a group whose consumers are gone, too.
    arriving: options => ofGroups('SumOffsetLag', { ...options, statistic: 'Maximum' }),
    lag: options => ofGroups('EstimatedMaxTimeLag', options),
    name: itemAt(names, 0, 'topic'),
    topics,
    reading: [
      allow(
        'FindCluster',
        describe.map(action => `kafka:${action}`),
        arn,
      ),
      allow('Connect', ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'], arn),
      ...topics.flatMap(({ name, group }, n) => [
        allow(`Read${n}`, ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], within('topic', name)),
        allow(
          `Commit${n}`,
          ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
          within('group', group),
        ),
      ]),
      allow('JoinNetwork', joiningNetwork, '*'),
    ],
  };
}

/** CloudFormation asks for what the configuration leaves out; the preflight does so before. */
const askedCluster = (scope: Construct, topics: readonly string[]): string =>
  new CfnParameter(scope, 'ClusterArn', {
    description: `MSK cluster with the topics ${topics.join(', ')}`,
    allowedPattern: '^arn:[^:]+:kafka:[^:]+:\\d{12}:cluster/[^/]+/.+$',
  }).valueAsString;

interface GroupMetric {
  readonly arn: string;
  readonly topic: Topic;
  readonly metricName: string;
}

/** Source: Amazon MSK Developer Guide, consumer-lag metrics. */
const groupMetric = ({ arn, topic, metricName }: GroupMetric, options: MetricOptions): Metric =>
  new Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: {
      'Cluster Name': Fn.select(1, Fn.split('/', arn)),
      'Consumer Group': topic.group,
      Topic: topic.name,
    },
    ...options,
  });

function largestOf(metrics: readonly Metric[], { period }: MetricOptions): MathExpression {
  const named = metrics.map((metric, n) => [`topic${n}`, metric] as const);
  return new MathExpression({
    expression: `MAX([${named.map(([name]) => `FILL(${name}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(named),
    label: 'largest',
    ...(period && { period }),
  });
}

/**
 * Lambda wants it unique among all Kafka mappings of the account, and cannot change it: two that shared one would share the
 * records between them. Feeds and stages have no dot in their names.
 */
const groupOf = ({ feed, stage }: FeedProps, topic: string): Topic['group'] =>
  `${stage.prefix}${feed.id}.${stage.name}.${topic}`;
