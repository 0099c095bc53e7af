import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { jsonOf } from '#shared/core/json-of.ts';

export interface NoticePlace {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly bucket: string;
}

/** S3's notification of a new object, as EventBridge delivers it. */
const objectCreated = z.object({
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/**
 * Deletes notices of a bucket's objects that are gone, whoever removed those. `objects` lists the keys of those that are there. They are listed
 * after the queue was read, so every object that still exists and has a notice is found. Other messages stay.
 */
export async function sweepNotices(
  place: NoticePlace,
  objects: () => Promise<ReadonlySet<string>>,
): Promise<void> {
  const messages = await receiveAll(place);
  if (messages.length === 0) return;
  const there = await objects();
  await inParallel(messages, limits.callsInFlightMax, message => {
    const key = keyIn(place, message);
    return key === undefined || there.has(key) ? showAgain(place, message) : deleteMessage(place, message);
  });
}

async function receiveAll({ sqs, queueUrl }: NoticePlace): Promise<readonly Message[]> {
  const all: Message[] = [];
  for (;;) {
    // Only a long poll asks all of SQS's servers: the empty answer of a short poll proves nothing.
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        // When the job ends midway, they are visible again after that.
        VisibilityTimeout: limits.noticesHiddenSeconds,
      }),
    );
    all.push(...Messages);
    if (Messages.length === 0 || all.length >= limits.noticesASweepMax) return all;
  }
}

/** Undefined for a message about something else. */
function keyIn({ bucket }: NoticePlace, { Body = '' }: Message): string | undefined {
  const read = objectCreated.safeParse(jsonOf(Body));
  return read.success && read.data.detail.bucket.name === bucket ? read.data.detail.object.key : undefined;
}

const deleteMessage = ({ sqs, queueUrl }: NoticePlace, { ReceiptHandle }: Message) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));

const showAgain = ({ sqs, queueUrl }: NoticePlace, { ReceiptHandle }: Message) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
