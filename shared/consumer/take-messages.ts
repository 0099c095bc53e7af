import type { CloudEvent } from './cloud-event.ts';
import { type BusDelivery, unpackEvents } from './unpack-events.ts';

/** A message of the queue that a rule of the bus sends to; a record of Lambda's SQS event fits. */
export interface EventMessage {
  readonly messageId: string;
  readonly body: string;
}

/** What Lambda reads, where the mapping has `ReportBatchItemFailures`: these messages come again, and no others. */
export interface MessageFailures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface Consumer<Data> {
  /** Called for one event after the other, in the order of each message. What it throws is a failure of this event alone. */
  readonly apply: (event: CloudEvent<Data>) => Promise<unknown>;
  /** Sends messages to the queue that they came from. */
  readonly sendAgain: (bodies: readonly object[]) => Promise<void>;
  /** Called with each failure, for the consumer's log. `event` is undefined where the whole message failed. */
  readonly onFailure: (error: unknown, event?: CloudEvent<Data>) => void;
}

/**
 * Takes messages of one or of many events each, so that an event which fails never repeats the others. Where some events of a
 * message fail, each of them is sent to the queue as a message of its own, and the message is done. Where all fail, the message
 * itself comes again. So each event that keeps failing ends in the dead-letter queue alone.
 */
export async function takeMessages<Data = unknown>(
  messages: readonly EventMessage[],
  consumer: Consumer<Data>,
): Promise<MessageFailures> {
  const failures: { itemIdentifier: string }[] = [];
  for (const message of messages)
    if (!(await isDone(message, consumer))) failures.push({ itemIdentifier: message.messageId });
  return { batchItemFailures: failures };
}

async function isDone<Data>({ body }: EventMessage, consumer: Consumer<Data>): Promise<boolean> {
  try {
    const delivery = JSON.parse(body) as BusDelivery;
    const events = unpackEvents<Data>(delivery);
    const failed = await applyEach(events, consumer);
    if (failed.length === events.length) return failed.length === 0;
    if (failed.length > 0) await consumer.sendAgain(failed.map(detail => ({ ...delivery, detail })));
    return true;
  } catch (error) {
    consumer.onFailure(error);
    return false;
  }
}

/** Gives the events that failed. */
async function applyEach<Data>(
  events: readonly CloudEvent<Data>[],
  { apply, onFailure }: Consumer<Data>,
): Promise<readonly CloudEvent<Data>[]> {
  const failed: CloudEvent<Data>[] = [];
  for (const event of events) {
    try {
      await apply(event);
    } catch (error) {
      onFailure(error, event);
      failed.push(event);
    }
  }
  return failed;
}
