import { handoffFields } from '../core/outcome/log-fields.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import type { Work } from './work.ts';

/**
 * Keeps in the ledger, where operators and the reconciler look, when the work is tried again at the latest. The queue decides, not
 * the ledger: when it cannot be kept, the work goes on all the same.
 */
export async function recordRetry(
  { lane, ports }: Pick<Work, 'lane' | 'ports'>,
  handoffId: string | undefined,
  seconds: number | 'never',
): Promise<void> {
  if (handoffId === undefined) return;
  const now = ports.clock.now();
  const at = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
  try {
    await ports.ledger.recordRetry(
      handoffId,
      seconds === 'never' ? { stoppedAt: at(now) } : { nextRetryAt: at(now + 1_000 * seconds) },
    );
  } catch (error) {
    ports.log.warn(logLines.retryNotRecorded, { ...handoffFields(lane.id, handoffId), error });
  }
}
