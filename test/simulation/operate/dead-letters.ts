import type { HeldLetter } from '#operate/plan-ports.ts';
import type { FinishedLetters } from '#operate/reconcile-ports.ts';
import type { LaneWorld } from '../file-lane/world.ts';
import type { Process } from '../shared/process.ts';
import type { ReceivedMessage, SqsQueue } from '../shared/sqs.ts';

/** For plans. Each letter is sent, then deleted. */
export async function* heldLetters(
  { deadLetters, queue }: Pick<LaneWorld, 'deadLetters' | 'queue'>,
  process: Process,
): AsyncGenerator<readonly HeldLetter[]> {
  const seen = new Set<string>();
  for (;;) {
    const receive = async () => deadLetters.receiveBatch(10);
    const batch = (await process.call('letters.receive', [], receive)) as readonly ReceivedMessage[];
    const fresh = batch.filter(({ messageId }) => !seen.has(messageId));
    if (fresh.length === 0) return;
    for (const { messageId } of fresh) seen.add(messageId);
    yield fresh.map(({ messageId, body, receiptHandle }) => ({
      ...{ messageId, body, sentAt: 0 },
      redrive: async () => {
        await process.call('letters.send', [body], async () => queue.sendText(body));
        await process.call('letters.delete', [receiptHandle], async () => deadLetters.delete(receiptHandle));
      },
    }));
  }
}

/** For the reconciler. */
export const finishedLetters = (deadLetters: SqsQueue): FinishedLetters => ({
  remove: async (_, isFinished) => {
    let removed = 0;
    for (const { body, receiptHandle } of deadLetters.receiveBatch(10)) {
      if (!(await isFinished(body))) continue;
      deadLetters.delete(receiptHandle);
      removed += 1;
    }
    return removed;
  },
});
