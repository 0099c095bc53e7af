import { feedContracts } from '../fixtures/feeds.ts';
import { listOf, type Statement, statementsOf, textOf } from '../fixtures/statements.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [kinesis, table, kafka] = templatesOf(fixtureApp({}, feedContracts))
  .slice(1)
  .map(template =>
    Object.fromEntries(
      statementsOf(template)
        .filter(({ type, statement }) => type === 'AWS::IAM::Role' && statement.Sid)
        .map(({ statement }) => [statement.Sid!, statement]),
    ),
  ) as [Record<string, Statement>, Record<string, Statement>, Record<string, Statement>];

const common = [
  'GiveUp',
  'FindGivenUp',
  'Archive',
  'FindArchived',
  'Quarantine',
  'Remember',
  'ReadSwitch',
  'AnnounceChanges',
  'Publish',
  'Log',
];

describe('a feed’s function may', () => {
  it('do what is listed here, and nothing more', () => {
    expect(Object.keys(kinesis)).toEqual(['ReadStream', ...common]);
    expect(Object.keys(table)).toEqual(['ReadStream', 'ListStreams', ...common]);
    expect(Object.keys(kafka)).toEqual([
      'FindCluster',
      'Connect',
      'Read0',
      'Commit0',
      'Read1',
      'Commit1',
      'JoinNetwork',
      ...common,
    ]);
  });

  it('read its own stream', () => {
    expect(kinesis.ReadStream).toMatchObject({
      Action: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      Resource: { 'Fn::GetAtt': ['Stream', 'Arn'] },
    });
    expect(table.ReadStream).toMatchObject({
      Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      Resource: { 'Fn::GetAtt': ['TrialTable', 'StreamArn'] },
    });
  });

  it('read its own topics, and keep its own place in them', () => {
    const inCluster = (kind: string, name: string) => ({
      'Fn::Join': [
        '',
        [
          {
            'Fn::Join': [
              `:${kind}/`,
              [0, 1].map(n => ({ 'Fn::Select': [n, { 'Fn::Split': [':cluster/', { Ref: 'ClusterArn' }] }] })),
            ],
          },
          `/${name}`,
        ],
      ],
    });
    expect(kafka.Read0?.Resource).toEqual(inCluster('topic', 'depots.depots'));
    expect(kafka.Read1?.Resource).toEqual(inCluster('topic', 'depots.more'));
    expect(kafka.Commit0?.Resource).toEqual(inCluster('group', 'depot-topics.dev.depots.depots'));
    expect(kafka.Commit1?.Resource).toEqual(inCluster('group', 'depot-topics.dev.depots.more'));
  });

  it('write its own batches and read them again, and write its quarantined changes', () => {
    expect(textOf(kinesis.Archive?.Resource)).toBe('<ref>/depot-changes/*');
    expect(listOf(kinesis.Archive!.Action)).toEqual([
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:GetObjectVersion',
      's3:PutObject',
    ]);
    expect(textOf(kinesis.Quarantine?.Resource)).toBe('<ref>/depot-changes/*');
    expect(listOf(kinesis.Quarantine!.Action)).toEqual(['s3:AbortMultipartUpload', 's3:PutObject']);
  });

  it('remember drift in its own items', () => {
    expect(kinesis.Remember).toMatchObject({
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['depot-changes#*'] } },
    });
  });

  it('publish the events of its contract and that a schema drifted', () => {
    expect(kinesis.Publish).toMatchObject({
      Condition: {
        'ForAllValues:StringEquals': {
          'events:source': ['depots', 'edge'],
          'events:detail-type': ['depots.depot.updated.v1', 'edge.schema.drift-detected.v1'],
        },
      },
    });
  });

  it('leave what is undelivered in its own bucket', () => {
    expect(kinesis.GiveUp).toMatchObject({ Action: 's3:PutObject' });
    expect(textOf(kinesis.GiveUp?.Resource)).toBe('<ref>/aws/lambda/*');
  });
});
