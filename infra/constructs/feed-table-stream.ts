import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ColumnType } from '../../shared/contract/cdc-source.ts';
import type { DynamoDbStream } from '../../shared/contract/cdc-stream.ts';
import type { CdcFeed } from '../../shared/contract/define-cdc-feed.ts';
import { acknowledge } from '../acknowledge.ts';
import type { Stage } from '../stage.ts';
import type { FeedSource } from './feed-source.ts';
import { allow } from './lane-permissions.ts';

/**
 * The stream of a table that another stack owns, named by the parameter `TableStreamArn`. Left empty, this stack makes an
 * empty table of that name, so that the feed can be tried before the real one is connected.
 */
export function tableStream(
  scope: Construct,
  feed: CdcFeed,
  { table }: DynamoDbStream,
  stage: Stage,
): FeedSource {
  const given = new CfnParameter(scope, 'TableStreamArn', {
    default: '',
    description: `Stream of table ${table} with new and old images; empty: an empty table is made for trial`,
    allowedPattern: `^(|arn:[^:]+:dynamodb:[^:]+:\\d{12}:table/${table}/stream/.+)$`,
    constraintDescription: `must be the ARN of the stream of a table named ${table}`,
  });
  const isTrial = new CfnCondition(scope, 'IsTrial', { expression: Fn.conditionEquals(given, '') });
  const trial = trialTable(scope, feed, table, stage);
  trial.cfnOptions.condition = isTrial;
  const arn = Fn.conditionIf(isTrial.logicalId, trial.attrStreamArn, given.valueAsString).toString();
  for (const rule of ['W1001', 'W1030'])
    acknowledge(
      Stack.of(scope),
      `CloudFormation-Validate::${rule}`,
      'The condition that makes the table is the one that takes its stream; an empty parameter is never used.',
    );
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator'];
  return {
    arn,
    name: table,
    reading: [
      allow(
        'ReadStream',
        actions.map(action => `dynamodb:${action}`),
        arn,
      ),
      // Lambda asks for it when the mapping is made; it knows no resource.
      allow('ListStreams', ['dynamodb:ListStreams'], '*'),
    ],
    topics: [],
  };
}

function trialTable(scope: Construct, feed: CdcFeed, tableName: string, stage: Stage): CfnTable {
  const keys = Object.entries(feed.source.entities[tableName]?.columns ?? {}).filter(([name]) =>
    feed.source.entities[tableName]?.key.includes(name),
  );
  const table = new CfnTable(scope, 'TrialTable', {
    tableName,
    billingMode: 'PAY_PER_REQUEST',
    keySchema: keys.map(([attributeName], n) => ({ attributeName, keyType: n === 0 ? 'HASH' : 'RANGE' })),
    attributeDefinitions: keys.map(([attributeName, type]) => ({
      attributeName,
      attributeType: attributeType(type),
    })),
    streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  table.applyRemovalPolicy(stage.removalPolicy);
  return table;
}

function attributeType({ kind }: ColumnType): string {
  if (kind === 'integer' || kind === 'decimal' || kind === 'float') return 'N';
  return kind === 'bytes' ? 'B' : 'S';
}
