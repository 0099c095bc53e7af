import { limits } from '#shared/contract/limits.ts';
import type { Refusal } from '../core/signature/refusal.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { hourOf, rejectKey, rejectText } from '../core/webhook/reject.ts';
import type { ArrivalWork } from './work.ts';

/**
 * Keeps a refused request, and logs the reason, so that it can be released once the secret is fixed. The limits bound what a flood
 * of forgeries can fill: the rest is only counted, and one log line an hour says so. A request without a signature is not kept,
 * because no secret can prove it. A failure here does not fail the request.
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
    const slot = await ports.rejectSlots.take(fence.id, hour, {
      bytes: text.length,
      countMax: limits.rejectsAnHourMax,
      bytesMax: limits.rejectBytesAnHourMax,
      expiresAt: Math.floor(request.receivedAt / 1000) + limits.rejectsKeptDays * limits.secondsADay,
    });
    if (slot === 'full') return logFullHour(work, request, hour);
    const key = rejectKey(fence.id, hour, slot);
    await ports.files.write('raw', key, text, 'application/json');
    ports.log.info(logLines.requestRefused, { ...requestFields(fence, request), reason, detail, key });
  } catch (error) {
    ports.log.error(logLines.rejectNotKept, { ...requestFields(fence, request), error });
  }
}

/** One line an hour from each instance of the function: the alarm needs no more, and a flood must not fill the log. */
function logFullHour({ fence, ports, hoursFull }: ArrivalWork, request: AdmittedRequest, hour: string): void {
  if (hoursFull.has(hour)) return;
  hoursFull.add(hour);
  ports.log.error(logLines.rejectNotKept, {
    ...requestFields(fence, request),
    hour,
    reason: 'the limit of the hour is used up',
  });
}
