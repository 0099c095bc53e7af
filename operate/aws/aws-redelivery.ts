import type { LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { objectError } from '#shared/aws/s3-errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { NamedStage } from '#shared/contract/named-stage.ts';
import { workFunctionName } from '#shared/core/identity/resource-names.ts';
import { undeliveredPrefix } from '../core/undelivered-line.ts';
import type { Objects } from '../object-ports.ts';
import type { Redelivery } from '../plan-ports.ts';
import { invokeFunction } from './invoke-function.ts';
import { sweepNotices } from './sqs-notices.ts';

export interface RedeliveryPlace {
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly objects: Objects;
  readonly stage: NamedStage;
  /** Of a feed's undelivered records. */
  readonly bucketOf: (feed: string) => string;
  /** Of the queue of their notices. */
  readonly noticesUrlOf: (feed: string) => string;
}

/** A feed's bucket keeps old versions for a day: what was deleted or written over can be restored until then. */
export const awsRedelivery = (place: RedeliveryPlace): Redelivery => ({
  deliver: (feed, event) =>
    invokeFunction(place.lambda, workFunctionName(place.stage, { id: feed, kind: 'cdc-feed' }), event),

  async replace(feed, Key, text) {
    const Bucket = place.bucketOf(feed);
    const written = { Bucket, Key, Body: text, ContentType: 'application/json' };
    try {
      await (text === undefined
        ? place.s3.send(new DeleteObjectCommand({ Bucket, Key }))
        : place.s3.send(new PutObjectCommand(written)));
    } catch (error) {
      throw objectError(`s3://${Bucket}/${Key}`, error);
    }
  },

  sweepNotices(feed) {
    const { sqs, noticesUrlOf, bucketOf } = place;
    const queue = { sqs, queueUrl: noticesUrlOf(feed), bucket: bucketOf(feed) };
    return sweepNotices(queue, () => keysIn(place.objects, feed));
  },
});

async function keysIn(objects: Objects, feed: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (let after: string | undefined; ; ) {
    const asked = { prefix: undeliveredPrefix, after, limit: limits.keysAListing };
    const page = await objects.list({ undeliveredOf: feed }, asked);
    if (page === 'missing') return keys;
    for (const { key } of page) keys.add(key);
    after = page.at(-1)?.key;
    if (page.length < limits.keysAListing) return keys;
  }
}
