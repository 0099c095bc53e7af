import { CfnParameter, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { KafkaTopics } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { allow } from '../platform/iam-statements.ts';
import type { FeedProps } from './feed-props.ts';
import type { FeedSource, Topic } from './feed-source-type.ts';

/**
 * Topics of an MSK cluster with IAM authentication, named by the parameter `ClusterArn`. Lambda's pollers join the cluster's
 * network themselves, with the function's rights.
 */
export function kafkaCluster(scope: Construct, { topics: names }: KafkaTopics, props: FeedProps): FeedSource {
  const topics = names.map(name => ({ name, group: groupOf(props, name) }));
  const cluster = new CfnParameter(scope, 'ClusterArn', {
    description: `MSK cluster with the topics ${names.join(', ')}`,
    allowedPattern: '^arn:[^:]+:kafka:[^:]+:\\d{12}:cluster/[^/]+/.+$',
  });
  const arn = cluster.valueAsString;
  // arn:…:cluster/<name>/<uuid> -> arn:…:topic/<name>/<uuid>/<topic>
  const within = (kind: 'topic' | 'group', name: string) =>
    `${Fn.join(`:${kind}/`, Fn.split(':cluster/', arn, 2))}/${name}`;
  const describe = ['DescribeCluster', 'DescribeClusterV2', 'GetBootstrapBrokers'];
  return {
    arn,
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
      allow('JoinNetwork', network, '*'),
    ],
  };
}

/**
 * Lambda wants it unique among all Kafka mappings of the account, and cannot change it: two that shared one would share the
 * records between them. Feeds and stages have no dot in their names.
 */
const groupOf = ({ feed, stage }: FeedProps, topic: string): Topic['group'] =>
  `${feed.id}.${stage.name}.${topic}`;

/** EC2 describes networks as a whole, and names an interface only once it is there. */
const network = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];
