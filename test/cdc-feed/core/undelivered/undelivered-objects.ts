import type { StreamEvent } from '#functions/cdc-feed.ts';

/** A record on a data stream, as a test needs it. */
export interface Put {
  readonly key: string;
  readonly number: number | bigint;
  readonly data?: string;
}

const arrivedAtSeconds = 1_767_600_000.25;

/** As Lambda hands it to a function. */
export const kinesisEvent = (shard: string, records: readonly Put[]) => ({
  Records: records.map(({ key, number, data = 'eyJ9' }) => ({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: key,
      sequenceNumber: String(number),
      data,
      approximateArrivalTimestamp: arrivedAtSeconds,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shard}:${number}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'eu-central-1',
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/crm-prod',
  })),
});

const batchInfoOf: Readonly<Record<'kinesis' | 'dynamodb', string>> = {
  kinesis: 'KinesisBatchInfo',
  dynamodb: 'DDBStreamBatchInfo',
};

/** What Lambda writes to a failure destination's bucket, in the form of the AWS documentation. */
export const undeliveredObject = (
  kind: 'kinesis' | 'dynamodb' | 'kafka',
  event: StreamEvent | object,
  { shard = 'shardId-000000000001', timestamp = '2026-01-05T14:00:00.500Z' } = {},
): string =>
  JSON.stringify({
    requestContext: {
      requestId: 'c9b8fa9f-5a7f-4c1a-af9c-0c604cde93a5',
      functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:feed',
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 1,
    },
    version: '1.0',
    timestamp,
    ...(kind !== 'kafka' && { [batchInfoOf[kind]]: { shardId: shard } }),
    payload: JSON.stringify(event),
  });
