import { dynamodbCalls } from '#local/iam/dynamodb-calls.ts';
import { eventsCalls } from '#local/iam/events-calls.ts';
import { kinesisCalls } from '#local/iam/kinesis-calls.ts';
import { s3Calls } from '#local/iam/s3-calls.ts';
import { secretsCalls } from '#local/iam/secrets-calls.ts';
import { sqsCalls } from '#local/iam/sqs-calls.ts';

const region = 'eu-central-1';
const here = (service: string, resource: string) => `arn:aws:${service}:${region}:000000000000:${resource}`;

describe('S3', () => {
  const needed = (name: string, query = '', copySource?: string) =>
    s3Calls({ name, bucket: 'files', key: 'a/x', query: new URLSearchParams(query), copySource })?.map(
      ({ action, resource }) => `${action} ${resource.replace('arn:aws:s3:::', '')}`,
    );

  it.each([
    ['GET object', '', ['s3:GetObject files/a/x']],
    ['HEAD object', 'versionId=1', ['s3:GetObjectVersion files/a/x']],
    ['PUT object', '', ['s3:PutObject files/a/x']],
    ['POST object uploads', 'uploads', ['s3:PutObject files/a/x']],
    ['POST object uploadId', 'uploadId=1', ['s3:PutObject files/a/x']],
    ['DELETE object uploadId', 'uploadId=1', ['s3:AbortMultipartUpload files/a/x']],
    ['DELETE object', '', ['s3:DeleteObject files/a/x']],
    ['DELETE object', 'versionId=1', ['s3:DeleteObjectVersion files/a/x']],
    ['GET bucket', 'list-type=2', ['s3:ListBucket files']],
    ['HEAD bucket', '', ['s3:ListBucket files']],
    ['GET bucket versions', 'versions', ['s3:ListBucketVersions files']],
    ['GET /', '', ['s3:ListAllMyBuckets *']],
    ['POST bucket delete', 'delete', undefined],
  ])('%s?%s', (name, query, expected) => {
    expect(needed(name, query)).toEqual(expected);
  });

  it.each([
    ['PUT object', ['s3:PutObject files/a/x', 's3:GetObject files/a/x']],
    ['POST object uploadId', ['s3:PutObject files/a/x', 's3:GetObject files/a/x']],
    ['DELETE object', ['s3:DeleteObject files/a/x', 's3:GetObject files/a/x']],
    ['GET object', ['s3:GetObject files/a/x']],
  ])('%s with If-Match reads as well', (name, expected) => {
    const asked = { name, bucket: 'files', key: 'a/x', query: new URLSearchParams(), copySource: undefined };
    const calls = s3Calls({ ...asked, isConditional: true });
    expect(calls?.map(call => `${call.action} ${call.resource.replace('arn:aws:s3:::', '')}`)).toEqual(
      expected,
    );
  });

  it('reads what is copied', () => {
    expect(needed('PUT object', '', '/other/b%20c?versionId=7')).toEqual([
      's3:PutObject files/a/x',
      's3:GetObjectVersion other/b c',
    ]);
  });

  it('tells a listing’s prefix', () => {
    const asked = { name: 'GET bucket', bucket: 'files', key: '', copySource: undefined };
    const [call] = s3Calls({ ...asked, query: new URLSearchParams('prefix=a/&delimiter=/') })!;
    expect(call!.context).toEqual({ 's3:prefix': ['a/'], 's3:delimiter': ['/'] });
  });
});

describe('DynamoDB', () => {
  const calls = dynamodbCalls(region, new Map([['ledger', 'pk']]));
  const leading = (operation: string, input: object) =>
    calls(operation, { TableName: 'ledger', ...input }).map(call => call.context?.['dynamodb:leadingkeys']);

  it.each<[string, object, string[] | undefined]>([
    ['GetItem', { Key: { pk: { S: 'a#1' }, sk: { S: 'x' } } }, ['a#1']],
    ['DeleteItem', { Key: { pk: { S: 'a#1' } } }, ['a#1']],
    ['UpdateItem', { Key: { pk: { N: '7' } } }, ['7']],
    ['PutItem', { Item: { pk: { S: 'a#1' }, other: { S: 'y' } } }, ['a#1']],
    [
      'Query',
      { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'a#1' } } },
      ['a#1'],
    ],
    [
      'Query',
      {
        KeyConditionExpression: 'begins_with(sk, :s) AND #k=:p',
        ExpressionAttributeNames: { '#k': 'pk' },
        ExpressionAttributeValues: { ':p': { S: 'a#1' }, ':s': { S: 'z' } },
      },
      ['a#1'],
    ],
    ['Query', { KeyConditions: { pk: { AttributeValueList: [{ S: 'a#1' }] } } }, ['a#1']],
    ['Scan', {}, undefined],
  ])('%s %j', (operation, input, expected) => {
    expect(leading(operation, input)).toEqual([expected]);
    expect(calls(operation, { TableName: 'ledger', ...input })[0]).toMatchObject({
      action: `dynamodb:${operation}`,
      resource: here('dynamodb', 'table/ledger'),
    });
  });

  it('names every table and key of a batch', () => {
    const RequestItems = {
      ledger: [{ PutRequest: { Item: { pk: { S: 'a' } } } }, { DeleteRequest: { Key: { pk: { S: 'b' } } } }],
    };
    expect(calls('BatchWriteItem', { RequestItems })).toEqual([
      {
        action: 'dynamodb:BatchWriteItem',
        resource: here('dynamodb', 'table/ledger'),
        context: { 'dynamodb:leadingkeys': ['a', 'b'] },
      },
    ]);
    const [get] = calls('BatchGetItem', { RequestItems: { ledger: { Keys: [{ pk: { S: 'c' } }] } } });
    expect(get!.context).toEqual({ 'dynamodb:leadingkeys': ['c'] });
  });

  it('names an index, and takes tables by ARN', () => {
    const [call] = calls('Query', { TableName: here('dynamodb', 'table/ledger'), IndexName: 'byState' });
    expect(call!.resource).toBe(here('dynamodb', 'table/ledger/index/byState'));
  });
});

describe('SQS, EventBridge, Secrets Manager, Kinesis', () => {
  it('name the queue, and a batch as its single action', () => {
    const QueueUrl = 'http://127.0.0.1:1/000000000000/work';
    expect(sqsCalls(region)('SendMessageBatch', { QueueUrl })).toEqual([
      { action: 'sqs:SendMessage', resource: here('sqs', 'work') },
    ]);
    expect(sqsCalls(region)('ListQueues', {})).toEqual([{ action: 'sqs:ListQueues', resource: '*' }]);
  });

  it('tell the sources and types of all entries, bus by bus', () => {
    const entry = (EventBusName: string, Source: string) => ({
      EventBusName,
      Source,
      DetailType: `${Source}.t`,
    });
    const Entries = [entry('edge', 'a'), entry(here('events', 'event-bus/edge'), 'b'), entry('other', 'c')];
    expect(eventsCalls(region)('PutEvents', { Entries })).toEqual([
      {
        action: 'events:PutEvents',
        resource: here('events', 'event-bus/edge'),
        context: { 'events:source': ['a', 'b'], 'events:detail-type': ['a.t', 'b.t'] },
      },
      {
        action: 'events:PutEvents',
        resource: here('events', 'event-bus/other'),
        context: { 'events:source': ['c'], 'events:detail-type': ['c.t'] },
      },
    ]);
  });

  it('name a secret by its ARN however it is asked for', () => {
    const calls = secretsCalls(id =>
      id === 'edge/dev/a' ? here('secretsmanager', 'secret:edge/dev/a-local1') : undefined,
    );
    expect(calls('GetSecretValue', { SecretId: 'edge/dev/a' })[0]!.resource).toMatch(/-local1$/);
    expect(calls('GetSecretValue', { SecretId: 'unknown' })[0]!.resource).toBe('unknown');
  });

  it('name a stream', () => {
    const resource = here('kinesis', 'stream/changes');
    expect(kinesisCalls(region)('PutRecord', { StreamName: 'changes' })).toEqual([
      { action: 'kinesis:PutRecord', resource },
    ]);
    expect(kinesisCalls(region)('PutRecord', { StreamARN: resource })[0]!.resource).toBe(resource);
  });
});
