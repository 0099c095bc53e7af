import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { awsClients } from '#shared/aws/aws-clients.ts';

/** The AWS clients that a fence needs and nothing else; a request makes the calls that a delivery cannot do without. */
const { dynamo, eventBridge, s3 } = awsClients(process.env);
const secrets = new SecretsManagerClient({});

export async function handler() {
  await secrets.send(new GetSecretValueCommand({ SecretId: 'x' }));
  await dynamo.send(new PutCommand({ TableName: 'x', Item: { pk: 'x' } }));
  await s3.send(new PutObjectCommand({ Bucket: 'x', Key: 'x', Body: Buffer.from('{}') }));
  await eventBridge.send(new PutEventsCommand({ Entries: [{ Source: 'x', DetailType: 'x', Detail: '{}' }] }));
  const key = { TableName: 'x', Key: { pk: 'x' }, UpdateExpression: 'SET #a = :a' };
  const values = { ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: { ':a': 'a' } };
  await dynamo.send(new UpdateCommand({ ...key, ...values }));
  return { statusCode: 202, body: '' };
}
