import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { limits } from '../contract/limits.ts';
import { connections, hasEndpoint } from './connections.ts';

export interface AwsClients {
  readonly s3: S3Client;
  readonly dynamo: DynamoDBDocumentClient;
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
}

/**
 * The SDK's clients, one connection pool each. Region, credentials and `AWS_ENDPOINT_URL*` are the SDK's own to read
 * from the process; `env` only decides what an endpoint of one's own needs besides.
 */
export function awsClients(env: NodeJS.ProcessEnv): AwsClients {
  const s3 = new S3Client({
    requestHandler: connections(limits.objectCallMillisecondsMax),
    // A host name for each bucket exists on AWS alone.
    forcePathStyle: hasEndpoint(env, 'S3'),
    // TLS guards the way and inspection hashes every byte of a file; a second checksum of each costs CPU for nothing.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const dynamo = new DynamoDBClient({ requestHandler: connections(limits.callMillisecondsMax) });
  const eventBridge = new EventBridgeClient({
    requestHandler: connections(limits.callMillisecondsMax),
    // The flow retries, entry by entry.
    maxAttempts: 1,
    cacheMiddleware: true,
  });
  const sqs = new SQSClient({
    requestHandler: connections(limits.callMillisecondsMax),
    // A queue's URL names its host; with an endpoint of one's own only that is reached.
    useQueueUrlAsEndpoint: !hasEndpoint(env, 'SQS'),
  });
  const marshallOptions = { removeUndefinedValues: true };
  return { s3, dynamo: DynamoDBDocumentClient.from(dynamo, { marshallOptions }), eventBridge, sqs };
}
