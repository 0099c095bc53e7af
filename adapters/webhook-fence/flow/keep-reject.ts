import { limits } from '#shared/contract/limits.ts';
import type { Refusal } from '../core/signature/refusal.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import { hourOf, rejectKey, rejectText } from '../core/webhook/reject.ts';
import type { ArrivalWork } from './work.ts';

/**
 * Keeps a refused request, and says in the log why it was, for when its secret has been mended; within bounds that a flood of
 * forgeries cannot exceed: the rest is counted, and that there is more is said once an hour. A request without a signature is
 * proved by no secret and is not kept. What fails here fails nobody's request.
 */
export async function keepReject(
  work: ArrivalWork,
  request: AdmittedRequest,
  { reason, detail }: Refusal,
): Promise<void> {
  if (reason === 'NO_SIGNATURE') return;
  const { fence, ports } = work;
  const hour = hourOf(request.receivedAt);
  const text = Buffer.from(rejectText(request, reason));
  try {
    const slot = await ports.rejectSlots.take(fence.id, hour, text.length, {
      countMax: limits.rejectsAnHourMax,
      bytesMax: limits.rejectBytesAnHourMax,
      expiresAt: Math.floor(request.receivedAt / 1000) + limits.rejectsKeptDays * limits.secondsADay,
    });
    if (slot === 'full') return sayFull(work, hour);
    const key = rejectKey(fence.id, hour, slot);
    await ports.files.write('raw', key, text, 'application/json');
    ports.log.info('request refused', { integration: fence.id, requestId: request.id, reason, detail, key });
  } catch (error) {
    ports.log.error('reject not kept', { integration: fence.id, requestId: request.id, error });
  }
}

/** One line an hour from each instance of the function: the alarm needs no more, and a flood must not fill the log. */
function sayFull({ fence, ports, hoursFull }: ArrivalWork, hour: string): void {
  if (hoursFull.has(hour)) return;
  hoursFull.add(hour);
  ports.log.error('reject not kept', {
    integration: fence.id,
    hour,
    reason: 'the place of the hour is used up',
  });
}
