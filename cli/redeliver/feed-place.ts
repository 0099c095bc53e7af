import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { CloudDescription } from '#local/cloud-description.ts';
import { stackOf } from '../stack-of.ts';

/** A feed's function and its undelivered records, and the clients to reach them. */
export interface FeedPlace {
  readonly functionName: string;
  readonly bucket: string;
  readonly queueUrl: string;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClientConfig;
}

/** @throws Error that names the feeds there are. */
export function localFeed(
  { feeds, region, credentials, endpoints }: CloudDescription,
  id: string,
): FeedPlace {
  const feed = feeds.find(candidate => candidate.id === id);
  if (!feed)
    throw new Error(`there is no feed "${id}"; feeds are ${feeds.map(known => known.id).join(', ')}`);
  const common = { region, credentials };
  return {
    functionName: feed.functionName,
    bucket: feed.undeliveredBucket,
    queueUrl: feed.undeliveredQueueUrl,
    s3: new S3Client({ ...common, endpoint: endpoints.s3, forcePathStyle: true }),
    sqs: new SQSClient({ ...common, endpoint: endpoints.sqs }),
    lambda: { ...common, endpoint: endpoints.lambda },
  };
}

/** By the outputs of its stack, with the credentials and the region of the environment. @throws Error when there is no such stack. */
export async function deployedFeed(id: string, stage: string): Promise<FeedPlace> {
  const StackName = stackOf(`EdgeFeed-${id}`, stage);
  const { Stacks = [] } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName }));
  const outputs = Stacks[0]?.Outputs ?? [];
  const output = (name: string): string => {
    const value = outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    if (!value) throw new Error(`stack ${StackName} has no output ${name}`);
    return value;
  };
  return {
    functionName: output('FunctionName'),
    bucket: output('UndeliveredBucketName'),
    queueUrl: output('UndeliveredQueueUrl'),
    s3: new S3Client(),
    sqs: new SQSClient(),
    lambda: {},
  };
}
