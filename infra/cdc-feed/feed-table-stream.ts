import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type ColumnType, type Entity, text } from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { DynamoDbStream } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { isTable, tableOfArn } from '#adapters/cdc-feed/contract/dynamodb-table.ts';
import { trialTableName } from '#shared/core/identity/resource-names.ts';
import { allow } from '../platform/iam-statements.ts';
import type { FeedProps } from './feed-props.ts';
import type { FeedSource } from './feed-source-type.ts';

/**
 * The stream of a table that another stack owns, named in `sources` of `edge.config.ts`. Without it this stack makes an empty
 * table, so that the feed can be tried before the real one is connected.
 */
export function tableStream(scope: Construct, { table }: DynamoDbStream, props: FeedProps): FeedSource {
  const given = props.stage.sources[props.feed.id];
  const { arn, name } =
    given === undefined ? trialTable(scope, table, props) : { arn: given, name: nameIn(given, table) };
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator'];
  return {
    arn,
    name,
    reading: [
      allow(
        'ReadStream',
        actions.map(action => `dynamodb:${action}`),
        arn,
      ),
      // Lambda asks for it when the mapping is made; it knows no resource.
      allow('ListStreams', ['dynamodb:ListStreams'], '*'),
    ],
    // The stream itself measures only what is read from it.
    arriving: options =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ConsumedWriteCapacityUnits',
        dimensionsMap: { TableName: name },
        ...options,
      }),
    topics: [],
  };
}

/** @throws Error when it is the stream of something else. */
function nameIn(arn: string, table: string): string {
  const name = tableOfArn(arn);
  if (name === undefined || !isTable(name, table))
    throw new Error(
      `edge.config.ts: sources: "${arn}" must be the stream of a table named ${table}, with a prefix or a suffix beside hyphens or without`,
    );
  return name;
}

/** Its name is not the real table's, and has the stage in it: neither is in the way of another. */
function trialTable(scope: Construct, table: string, { feed, stage }: FeedProps) {
  const entity = feed.source.entities[table];
  if (!entity) throw new Error(`feed ${feed.id} has no table ${table}`);
  const key = keyOf(entity);
  const name = trialTableName(stage, table);
  const trial = new CfnTable(scope, 'TrialTable', {
    tableName: name,
    billingMode: 'PAY_PER_REQUEST',
    keySchema: key.map((attributeName, n) => ({ attributeName, keyType: n === 0 ? 'HASH' : 'RANGE' })),
    attributeDefinitions: key.map(attributeName => ({
      attributeName,
      attributeType: attributeType(entity.columns[attributeName] ?? text()),
    })),
    streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  trial.applyRemovalPolicy(stage.removalPolicy);
  return { arn: trial.attrStreamArn, name };
}

/** The partition's column first. Events of an aggregate stay in order in an outbox whose partitions are its aggregates. */
const keyOf = ({ key, outbox }: Entity): readonly string[] =>
  outbox ? [outbox.aggregateId, outbox.id] : key;

function attributeType({ kind }: ColumnType): string {
  if (kind === 'integer' || kind === 'decimal' || kind === 'float') return 'N';
  return kind === 'bytes' ? 'B' : 'S';
}
