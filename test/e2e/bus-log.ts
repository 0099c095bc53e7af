import { gunzipSync, gzipSync } from 'node:zlib';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type LocalApp, until } from './local-app.ts';

/** Calls the auditor of the bus, as its schedule does. */
export async function prove({ description }: LocalApp, event: object): Promise<Record<string, number>> {
  const { region, credentials, endpoints } = description;
  const page = await (await fetch(endpoints.console)).text();
  const [, FunctionName] = /\/logs\?function=(\S*BusAuditor\S*)/.exec(page)!;
  const lambda = new LambdaClient({ region, credentials, endpoint: endpoints.lambda });
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  lambda.destroy();
  return JSON.parse(Payload!.transformToString());
}

/** Writes the object of the bus log that has an event again without its line, as the owner of the account might; once it is there. */
export async function removeFromLog({ description }: LocalApp, id: string): Promise<void> {
  const { region, credentials, endpoints } = description;
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets.find(({ Name }) => Name!.includes('buslog'))!.Name;
  await until(`${id} in the bus log`, async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'events/' }));
    for (const { Key } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const lines = gunzipSync(await Body!.transformToByteArray())
        .toString()
        .split('\n');
      const left = lines.filter(line => !line.includes(`"id":"${id}"`));
      if (left.length === lines.length) continue;
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: gzipSync(left.join('\n')) }));
      return true;
    }
    return undefined;
  });
  s3.destroy();
}
