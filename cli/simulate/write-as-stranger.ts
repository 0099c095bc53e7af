import { DynamoDBClient, DynamoDBServiceException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, KinesisServiceException, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { CloudDescription, FeedDescription } from '#local/cloud-description.ts';
import { bytesOf, type SampleRecord } from '../demo/feeds/feed-samples.ts';
import { writeOf } from '../demo/feeds/table-writes.ts';
import { stranger } from './stranger.ts';

/** The code with which AWS refuses the records; undefined where it took them. */
export async function writeAsStranger(
  { region, endpoints }: CloudDescription,
  { kind, stream }: FeedDescription,
  record: SampleRecord,
): Promise<string | undefined> {
  const common = { region, credentials: stranger };
  const kinesis = new KinesisClient({ ...common, endpoint: endpoints.kinesis });
  const dynamodb = new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb });
  const write = kind === 'dynamodb' ? writeOf(record, stream) : undefined;
  try {
    if (write && 'put' in write)
      await dynamodb.send(new PutItemCommand({ TableName: stream, Item: write.put }));
    else {
      const Records = [{ PartitionKey: record.partitionKey ?? 'default', Data: bytesOf(record) }];
      await kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
    }
    return undefined;
  } catch (error) {
    if (error instanceof KinesisServiceException || error instanceof DynamoDBServiceException)
      return error.name;
    throw error;
  } finally {
    kinesis.destroy();
    dynamodb.destroy();
  }
}
