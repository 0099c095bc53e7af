import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { inParallel } from '#shared/core/batch/in-parallel.ts';

/** How long a message is out of sight while it is looked at; should the command end midway, it comes back by then. */
const lookSeconds = 300;
const callsAtOnce = 8;

/** What became of the messages on the queue of announcements. */
export interface Swept {
  /** Taken away: what they announced is not there any more. */
  readonly taken: number;
  readonly kept: number;
  /** Kept as well: they announce nothing of the kind. */
  readonly strange: number;
}

export interface AnnouncementPlace {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
}

/** What a queue's messages announce. */
export interface Announced<A> {
  /** Reads the JSON of a message; undefined when it announces nothing of the kind. */
  read(message: unknown): A | undefined;
  /** Keys of the objects that are there now. */
  objects(): Promise<readonly string[]>;
  /** Whether what is announced is among them. */
  finder(objects: readonly string[]): (announced: A) => boolean;
}

/**
 * Takes away announcements of objects that are not there any more, whoever took them. What is there is asked after the queue
 * was read, so that every object announced is found if it is still there.
 */
export async function sweepAnnouncements<A>(
  place: AnnouncementPlace,
  { read, objects, finder }: Announced<A>,
): Promise<Swept> {
  const messages = await receiveAll(place);
  if (messages.length === 0) return { taken: 0, kept: 0, strange: 0 };
  const isThere = finder(await objects());
  const ends = await inParallel(messages, callsAtOnce, async message => {
    const announced = read(parsed(message.Body ?? ''));
    const isGone = announced !== undefined && !isThere(announced);
    await (isGone ? takeAway(place, message) : putBack(place, message));
    return isGone ? 'taken' : announced === undefined ? 'strange' : 'kept';
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

/** What was swept, in one line; `what` tells the messages that stay for they announce something else. */
export function sweptLine({ taken, kept, strange }: Swept, what: string): string {
  const others = [
    ...(kept > 0 ? [`${kept} stay`] : []),
    ...(strange > 0 ? [`${strange} messages of the queue announce nothing of ${what}, and stay`] : []),
  ];
  return [`${taken} announcements taken away`, ...others].join('; ');
}
