import type { DynamoDBStreamEvent, KinesisStreamEvent, MSKEvent } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { StreamEvent } from '#functions/cdc-feed.ts';

/** One record as it is put on a stream: of Kinesis and Kafka with its key, of DynamoDB Streams as it is. */
export interface PutRecord {
  readonly partitionKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is taken as it is, `{base64}` as bytes; anything else becomes JSON. Null is a record without a value. */
  readonly data: unknown;
}

/** A record on its shard. */
export interface OnShard extends PutRecord {
  readonly sequenceNumber: string;
  readonly arrivedAtSeconds: number;
}

/** The event that Lambda hands over, in the form of the AWS documentation. */
export function eventOf(feed: CdcFeed, records: readonly OnShard[]): StreamEvent {
  switch (feed.stream.kind) {
    case 'kinesis':
      return kinesisEvent(feed.stream.name, records);
    case 'dynamodb':
      return { Records: records.map(dynamoRecord) } as DynamoDBStreamEvent;
    case 'kafka':
      return kafkaEvent(feed.stream.topics[0]!, records);
  }
}

export const bytesOf = ({ data }: PutRecord): Buffer => {
  if (typeof data === 'string') return Buffer.from(data);
  const isBytes = typeof data === 'object' && data !== null && 'base64' in data;
  return isBytes ? Buffer.from(String(data.base64), 'base64') : Buffer.from(JSON.stringify(data));
};

const kinesisEvent = (stream: string, records: readonly OnShard[]): KinesisStreamEvent => ({
  Records: records.map(record => ({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.partitionKey ?? 'default',
      sequenceNumber: record.sequenceNumber,
      data: bytesOf(record).toString('base64'),
      approximateArrivalTimestamp: record.arrivedAtSeconds,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000006:${record.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'eu-central-1',
    eventSourceARN: `arn:aws:kinesis:eu-central-1:123456789012:stream/${stream}`,
  })),
});

/** The stream itself numbers its records; the sample's own number gives way. */
function dynamoRecord({ data, sequenceNumber, arrivedAtSeconds }: OnShard) {
  if (typeof data !== 'object' || data === null || !('dynamodb' in data)) return data;
  const dynamodb = data.dynamodb as object;
  return {
    ...data,
    dynamodb: {
      ApproximateCreationDateTime: arrivedAtSeconds,
      ...dynamodb,
      SequenceNumber: sequenceNumber,
    },
  };
}

const kafkaEvent = (topic: string, records: readonly OnShard[]): MSKEvent => ({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:eu-central-1:123456789012:cluster/crm/4c1b',
  bootstrapServers: 'b-1.crm.kafka.eu-central-1.amazonaws.com:9092',
  records: {
    [`${topic}-0`]: records.map(record => ({
      topic,
      partition: 0,
      offset: Number(record.sequenceNumber),
      timestamp: record.arrivedAtSeconds * 1_000,
      timestampType: 'CREATE_TIME' as const,
      key: Buffer.from(record.partitionKey ?? '').toString('base64'),
      ...((record.data === null ? {} : { value: bytesOf(record).toString('base64') }) as { value: string }),
      headers: Object.entries(record.headers ?? {}).map(([name, value]) => ({
        [name]: [...Buffer.from(value)],
      })),
    })),
  },
});
