import { readDynamoDb } from '#adapters/cdc-feed/aws/read-dynamodb.ts';
import { readKafka } from '#adapters/cdc-feed/aws/read-kafka.ts';
import { readKinesis } from '#adapters/cdc-feed/aws/read-kinesis.ts';

const arrivedAt = '1970-01-01T00:00:00.000Z';

describe('a test event without time or ARN is read all the same', () => {
  it('of Kinesis', () => {
    const Records = [{ kinesis: { data: 'e30=', sequenceNumber: '7' } }];
    expect(readKinesis({ Records } as never)).toMatchObject([
      { stream: '', shard: '', received: 1, records: [{ sequenceNumber: '7', arrivedAt }] },
    ]);
  });

  it('of DynamoDB Streams', () => {
    const Records = [{ eventID: '1', eventName: 'INSERT', dynamodb: { SequenceNumber: '7' } }];
    expect(readDynamoDb({ Records } as never)).toMatchObject([
      { stream: '', received: 1, records: [{ sequenceNumber: '7', arrivedAt }] },
    ]);
  });

  it('of Kafka', () => {
    const records = { 'topic-0': [{ topic: 'topic', partition: 0, offset: 7, value: 'e30=' }] };
    expect(readKafka({ records } as never)).toMatchObject([
      { stream: 'topic', shard: '0', received: 1, records: [{ sequenceNumber: '7', arrivedAt }] },
    ]);
  });
});

test('a full event of Kinesis names its stream and shard', () => {
  const record = {
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/erp/stock',
    eventID: 'shardId-000000000006:49',
    kinesis: { data: 'e30=', sequenceNumber: '49', partitionKey: 'k', approximateArrivalTimestamp: 1.5 },
  };
  expect(readKinesis({ Records: [record] } as never)).toMatchObject([
    {
      stream: 'erp/stock',
      shard: 'shardId-000000000006',
      records: [{ arrivedAt: '1970-01-01T00:00:01.500Z' }],
    },
  ]);
});
