import { limits } from '#shared/contract/limits.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import type { ParsedMessage, PostponedMessage } from './messages.ts';
import type { Work } from './work.ts';

/**
 * Sends a message again, to be received after `seconds` at the latest: sooner at first, then ever later. The new message
 * has all its receives. False, and nothing is sent, when the message has waited for `busWaitSecondsMax`.
 */
export async function postpone(
  { ports }: Work,
  { body, waited }: ParsedMessage,
  seconds: number = limits.delaySecondsMax,
): Promise<boolean> {
  const now = ports.clock.now();
  const since = waited?.since ?? new Date(now).toISOString();
  if (now - Date.parse(since) >= limits.busWaitSecondsMax * 1000) return false;
  const times = (waited?.times ?? 0) + 1;
  const message: PostponedMessage = { kind: 'edge.postponed', since, times, message: body };
  await ports.laneQueue.send([message], Math.min(seconds, retrySeconds(times)));
  return true;
}
