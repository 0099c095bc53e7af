import { arnResource, arnService } from '../aws-names.ts';
import type { Store } from '../s3/store.ts';
import { writeObject } from '../s3/write-object.ts';
import type { Queues } from '../sqs/queues.ts';
import { failureKey, failureMessage, failureObject } from './failure-message.ts';
import type { UndeliveredRecords } from './stream-mapping.ts';

/** Services that a failure destination may be of. */
export const destinationServices: readonly string[] = ['s3', 'sqs'];

/** Tells the mapping's failure destination of undelivered records; a bucket gets them complete. */
export async function sendUndelivered(
  given: UndeliveredRecords,
  store: Store,
  queues: Queues,
): Promise<void> {
  const { destinationArn } = given.mapping;
  if (destinationArn === undefined) return;
  const now = new Date();
  if (arnService(destinationArn) === 'sqs')
    await queues.send(destinationArn, JSON.stringify(failureMessage(given, now)));
  else {
    writeObject(store, {
      bucket: arnResource(destinationArn),
      key: failureKey(given, now),
      body: Buffer.from(JSON.stringify(failureObject(given, now))),
      contentType: 'application/json',
      requester: 'lambda.amazonaws.com',
    });
  }
}
