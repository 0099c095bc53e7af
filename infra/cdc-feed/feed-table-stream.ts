import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type ColumnType, type Entity, text } from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { DynamoDbStream } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { allow } from '../platform/iam-statements.ts';
import { suppress } from '../suppress.ts';
import type { FeedProps } from './feed-props.ts';
import type { FeedSource } from './feed-source-type.ts';

/**
 * The stream of a table that another stack owns, named by the parameter `TableStreamArn`. Left empty, this stack makes an
 * empty table of that name, so that the feed can be tried before the real one is connected; not where data is kept: the trial's
 * would keep the real table's name taken.
 */
export function tableStream(scope: Construct, { table }: DynamoDbStream, props: FeedProps): FeedSource {
  const arn = props.stage.protected ? givenStream(scope, table) : givenOrTrial(scope, table, props);
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
    // The stream itself tells only what is read from it.
    arriving: options =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ConsumedWriteCapacityUnits',
        dimensionsMap: { TableName: table },
        ...options,
      }),
    topics: [],
  };
}

const streamPattern = (table: string): string => `arn:[^:]+:dynamodb:[^:]+:\\d{12}:table/${table}/stream/.+`;

const constraintDescription = (table: string): string =>
  `must be the ARN of the stream of a table named ${table}`;

const givenStream = (scope: Construct, table: string): string =>
  new CfnParameter(scope, 'TableStreamArn', {
    description: `Stream of table ${table} with new and old images`,
    allowedPattern: `^${streamPattern(table)}$`,
    constraintDescription: constraintDescription(table),
  }).valueAsString;

function givenOrTrial(scope: Construct, table: string, { feed, stage }: FeedProps): string {
  const given = new CfnParameter(scope, 'TableStreamArn', {
    default: '',
    description: `Stream of table ${table} with new and old images; empty: an empty table is made for trial`,
    allowedPattern: `^(|${streamPattern(table)})$`,
    constraintDescription: constraintDescription(table),
  });
  const isTrial = new CfnCondition(scope, 'IsTrial', { expression: Fn.conditionEquals(given, '') });
  const entity = feed.source.entities[table];
  if (!entity) throw new Error(`feed ${feed.id} has no table ${table}`);
  const trial = trialTable(scope, entity, table);
  trial.applyRemovalPolicy(stage.removalPolicy);
  trial.cfnOptions.condition = isTrial;
  for (const rule of ['W1001', 'W1030'])
    suppress(
      Stack.of(scope),
      `CloudFormation-Validate::${rule}`,
      'The condition that makes the table is the one that takes its stream; an empty parameter is never used.',
    );
  return Fn.conditionIf(isTrial.logicalId, trial.attrStreamArn, given.valueAsString).toString();
}

/** Named as the real one, because the records of its stream name it. */
function trialTable(scope: Construct, entity: Entity, tableName: string): CfnTable {
  const key = keyOf(entity);
  return new CfnTable(scope, 'TrialTable', {
    tableName,
    billingMode: 'PAY_PER_REQUEST',
    keySchema: key.map((attributeName, n) => ({ attributeName, keyType: n === 0 ? 'HASH' : 'RANGE' })),
    attributeDefinitions: key.map(attributeName => ({
      attributeName,
      attributeType: attributeType(entity.columns[attributeName] ?? text()),
    })),
    streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
}

/** The partition's column first. Events of an aggregate stay in order in an outbox whose partitions are its aggregates. */
const keyOf = ({ key, outbox }: Entity): readonly string[] =>
  outbox ? [outbox.aggregateId, outbox.id] : key;

function attributeType({ kind }: ColumnType): string {
  if (kind === 'integer' || kind === 'decimal' || kind === 'float') return 'N';
  return kind === 'bytes' ? 'B' : 'S';
}
