import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { CloudDescription } from '#local/cloud-description.ts';

/** The SDK's own clients, pointed at a local cloud. */
export function clientsOf({ endpoints, region, credentials }: CloudDescription) {
  const common = { region, credentials: { ...credentials } };
  return {
    s3: new S3Client({ ...common, endpoint: endpoints.s3, forcePathStyle: true }),
    sqs: new SQSClient({ ...common, endpoint: endpoints.sqs }),
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb }),
    kinesis: new KinesisClient({ ...common, endpoint: endpoints.kinesis }),
    events: new EventBridgeClient({ ...common, endpoint: endpoints.eventbridge }),
  };
}
