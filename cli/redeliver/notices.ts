import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { inParallel } from '#shared/core/batch/in-parallel.ts';

/** How long a message is invisible while it is checked. If the command ends midway, it is visible again after that. */
const lookSeconds = 300;
const callsAtOnce = 8;

/** What became of the messages on the queue of notices. */
export interface SweepResult {
  /** What they were about is gone. */
  readonly deleted: number;
  readonly kept: number;
  /** Kept too: they are about something else. */
  readonly foreign: number;
}

export interface NoticePlace {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
}

/** What a queue's messages are about. */
export interface NoticeKind<A> {
  /** Reads the JSON of a message; undefined when it is of another kind. */
  read(message: unknown): A | undefined;
  /** Keys of the objects that are there now. */
  objects(): Promise<readonly string[]>;
  /** Whether what a notice is about is among them. */
  finder(objects: readonly string[]): (notice: A) => boolean;
}

/**
 * Deletes notices of objects that are gone, whoever removed those. The objects are listed after the queue was read, so every
 * object that still exists and has a notice is found.
 */
export async function sweepNotices<A>(
  place: NoticePlace,
  { read, objects, finder }: NoticeKind<A>,
): Promise<SweepResult> {
  const messages = await receiveAll(place);
  if (messages.length === 0) return { deleted: 0, kept: 0, foreign: 0 };
  const isThere = finder(await objects());
  const ends = await inParallel(messages, callsAtOnce, async message => {
    const notice = read(parsed(message.Body ?? ''));
    const isGone = notice !== undefined && !isThere(notice);
    await (isGone ? deleteMessage(place, message) : showAgain(place, message));
    return isGone ? 'deleted' : notice === undefined ? 'foreign' : 'kept';
  });
  const count = (end: keyof SweepResult) => ends.filter(each => each === end).length;
  return { deleted: count('deleted'), kept: count('kept'), foreign: count('foreign') };
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

const deleteMessage = ({ sqs, queueUrl }: NoticePlace, { ReceiptHandle }: Message) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));

const showAgain = ({ sqs, queueUrl }: NoticePlace, { ReceiptHandle }: Message) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

/** The result of a sweep in one line; `what` says what the queue's messages should be about. */
export function sweptLine({ deleted, kept, foreign }: SweepResult, what: string): string {
  const others = [
    ...(kept > 0 ? [`${kept} kept`] : []),
    ...(foreign > 0 ? [`${foreign} messages kept that are not about ${what}`] : []),
  ];
  return [`${deleted} notices deleted`, ...others].join('; ');
}
