import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { tableOfArn } from '../contract/dynamodb-table.ts';
import type { StreamBatch, StreamRecord } from '../core/feed/stream-batch.ts';

/** A DynamoDB Streams event holds records of one shard, which it does not name. */
export function readDynamoDb({ Records }: DynamoDBStreamEvent): StreamBatch[] {
  const [first, ...others] = Records;
  if (!first) return [];
  return [
    {
      stream: tableOfArn(first.eventSourceARN ?? '') ?? '',
      shard: '',
      received: Records.length,
      records: [read(first), ...others.map(read)],
    },
  ];
}

function read(record: DynamoDBRecord): StreamRecord {
  const sequenceNumber = record.dynamodb?.SequenceNumber ?? record.eventID ?? '';
  return {
    sequenceNumber,
    arrivedAt: new Date((record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000).toISOString(),
    record: { data: Buffer.from(JSON.stringify(record)), streamSequence: sequenceNumber },
  };
}
