import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { CloudDescription } from '#local/cloud-description.ts';

const everyMilliseconds = 3_000;

interface DeadLetters {
  readonly from: string;
  readonly to: string;
}

/**
 * Brings dead letters back every few seconds, as an operator would once the reason is gone: under chaos a right that was denied is
 * there again soon. Gives what ends it.
 */
export function redriveDeadLetters({ region, credentials, endpoints, lanes, fences }: CloudDescription) {
  const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
  const queues: readonly DeadLetters[] = [
    ...lanes.map(({ dlqUrl, queueUrl }) => ({ from: dlqUrl, to: queueUrl })),
    ...fences.map(({ dlqUrl, spillQueueUrl }) => ({ from: dlqUrl, to: spillQueueUrl })),
  ];
  const over = new AbortController();
  const work = async () => {
    while (!over.signal.aborted) {
      for (const queue of queues) await redrive(sqs, queue);
      await sleep(everyMilliseconds, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const working = work();
  return async () => {
    over.abort();
    await working;
    sqs.destroy();
  };
}

async function redrive(sqs: SQSClient, { from, to }: DeadLetters): Promise<void> {
  const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10 }));
  for (const { Body, ReceiptHandle } of received.Messages ?? []) {
    await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
  }
}
