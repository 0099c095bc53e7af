import { limits } from '#shared/contract/limits.ts';
import { drain } from './drain.ts';
import type { Work } from './work.ts';

/** One message of the spill queue. `receives` counts how often it was received, this time included. */
export interface SpillMessage {
  readonly body: string;
  readonly receiptHandle: string;
  readonly receives: number;
}

/** Whether the message is finished; else it comes again later, with growing delay, until its queue gives it to the DLQ. */
export async function drainMessage(
  work: Work,
  { body, receiptHandle, receives }: SpillMessage,
): Promise<boolean> {
  const { log, spillQueue } = work.ports;
  try {
    if (await drain(work, body)) return true;
  } catch (error) {
    log.error('drain failed', { integration: work.fence.id, receives, error });
  }
  await spillQueue.defer(receiptHandle, Math.min(limits.functionSecondsMax, 10 * 2 ** (receives - 1)));
  return false;
}
