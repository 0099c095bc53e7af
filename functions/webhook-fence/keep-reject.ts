import { limits } from '../../shared/contract/limits.ts';
import type { RefusalReason } from '../../shared/core/signature/refusal.ts';
import { hourOf, rejectKey, rejectText } from '../../shared/core/webhook/reject.ts';
import type { AdmittedRequest } from './arrived-request.ts';
import type { Work } from './work.ts';

/**
 * Keeps a refused request for when its secret has been mended, within bounds that a flood of forgeries cannot exceed; the rest
 * is only counted. A request without a signature is proved by no secret and is not kept. What fails here fails nobody's request.
 */
export async function keepReject(
  { fence, ports }: Work,
  request: AdmittedRequest,
  reason: RefusalReason,
): Promise<void> {
  if (reason === 'NO_SIGNATURE') return;
  const hour = hourOf(request.receivedAt);
  const text = Buffer.from(rejectText(request, reason));
  try {
    const slot = await ports.rejectSlots.take(fence.id, hour, text.length, {
      countMax: limits.rejectsAnHourMax,
      bytesMax: limits.rejectBytesAnHourMax,
      expiresAt: Math.floor(request.receivedAt / 1000) + limits.rejectsKeptDays * limits.secondsADay,
    });
    if (slot !== 'full')
      await ports.files.write('raw', rejectKey(fence.id, hour, slot), text, 'application/json');
  } catch (error) {
    ports.log.error('reject not kept', { integration: fence.id, requestId: request.id, error });
  }
}
