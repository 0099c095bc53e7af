import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { inParallel } from '../../shared/core/batch/in-parallel.ts';

/** How long a message is out of sight while it is looked at; should the command end midway, it comes back by then. */
const lookSeconds = 300;
const callsAtOnce = 8;

/** What S3 tells of an object, by way of EventBridge. */
const announcement = z.object({
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/** What became of the messages on the queue of announcements. */
export interface Swept {
  /** Taken away: what they announced is not there any more. */
  readonly taken: number;
  readonly kept: number;
  /** Kept as well: they announce nothing of this bucket. */
  readonly strange: number;
}

export interface AnnouncementPlace {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly bucket: string;
}

/**
 * Takes away announcements of objects that are not there any more, whoever delivered them; the queue's depth is what alarms.
 * `objects` is asked after the queue was read, so that every object announced is among them if it is still there.
 */
export async function sweepAnnouncements(
  place: AnnouncementPlace,
  objects: () => Promise<readonly string[]>,
): Promise<Swept> {
  const messages = await receiveAll(place);
  if (messages.length === 0) return { taken: 0, kept: 0, strange: 0 };
  const there = new Set(await objects());
  const ends = await inParallel(messages, callsAtOnce, async message => {
    const key = keyIn(message, place.bucket);
    const isGone = key !== undefined && !there.has(key);
    await (isGone ? takeAway(place, message) : putBack(place, message));
    return isGone ? 'taken' : key === undefined ? 'strange' : 'kept';
  });
  const count = (end: keyof Swept) => ends.filter(each => each === end).length;
  return { taken: count('taken'), kept: count('kept'), strange: count('strange') };
}

async function receiveAll({ sqs, queueUrl }: AnnouncementPlace): Promise<readonly Message[]> {
  const all: Message[] = [];
  for (;;) {
    // A long poll asks all of SQS's servers; without, an empty answer means little.
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        VisibilityTimeout: lookSeconds,
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
  }
}

function keyIn({ Body = '' }: Message, bucket: string): string | undefined {
  const read = announcement.safeParse(parsed(Body));
  return read.success && read.data.detail.bucket.name === bucket ? read.data.detail.object.key : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const takeAway = ({ sqs, queueUrl }: AnnouncementPlace, { ReceiptHandle }: Message) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));

const putBack = ({ sqs, queueUrl }: AnnouncementPlace, { ReceiptHandle }: Message) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
