import { limits } from '#shared/contract/limits.ts';
import type { ReceivedRequest } from '../core/webhook/arrived-request.ts';
import { proofHeaders } from '../core/webhook/kept-headers.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { hourOf, type RejectPlace, rejectKey, rejectText } from '../core/webhook/reject.ts';
import { type RejectCause, shelvesFor } from '../core/webhook/reject-shelf.ts';
import { schemeOf } from '../core/webhook/scheme-of.ts';
import type { ArrivalWork } from './work.ts';

/** Why a request is kept with the rejects. */
export interface RejectNote {
  readonly cause: RejectCause;
  readonly reason: string;
  readonly detail: string;
}

/**
 * Keeps a refused request, and logs the reason, so that it can be released once the secret or the contract is fixed. The limits bound
 * what a flood of forgeries can fill: the rest is only counted, and one log line an hour says so. A genuine request always has its
 * line. A failure here does not fail the request.
 */
export async function keepReject(
  work: ArrivalWork,
  request: ReceivedRequest,
  note: RejectNote,
): Promise<void> {
  const key = await storeReject(work, request, note);
  const { fence, ports } = work;
  const { cause, reason, detail } = note;
  const fields = { ...requestFields(fence, request), reason, detail, ...(key === undefined ? {} : { key }) };
  if (cause === 'genuine') ports.log.warn(logLines.deliveryRefused, fields);
  else if (key !== undefined) ports.log.info(logLines.requestRefused, fields);
}

/** The key under which it is kept; undefined if it is not. */
async function storeReject(
  work: ArrivalWork,
  request: ReceivedRequest,
  { cause, reason }: RejectNote,
): Promise<string | undefined> {
  const { fence, ports } = work;
  const text = Buffer.from(rejectText(request, reason, proofHeaders(schemeOf(fence))));
  try {
    const place = await takePlace(work, request, { cause, bytes: text.length });
    if (!place) {
      logFullHour(work, request, cause);
      return undefined;
    }
    const key = rejectKey(fence.id, place);
    await ports.files.write('rejects', key, text, 'application/json');
    return key;
  } catch (error) {
    ports.log.error(logLines.rejectNotKept, { ...requestFields(fence, request), error });
    return undefined;
  }
}

async function takePlace(
  { fence, ports }: ArrivalWork,
  { receivedAt, sourceIp }: ReceivedRequest,
  { cause, bytes }: { readonly cause: RejectCause; readonly bytes: number },
): Promise<RejectPlace | undefined> {
  const hour = hourOf(receivedAt);
  const expiresAt = Math.floor(receivedAt / 1000) + fence.rejects.keptDays * limits.secondsADay;
  for (const shelf of shelvesFor(fence, cause, sourceIp)) {
    const slot = await ports.rejectSlots.take(fence.id, hour, { shelf, bytes, expiresAt });
    if (slot !== 'full') return { hour, shelf: shelf.name, slot };
  }
  return undefined;
}

/** One line an hour from each instance of the function: the alarm needs no more, and a flood must not fill the log. */
function logFullHour(
  { fence, ports, hoursFull }: ArrivalWork,
  request: ReceivedRequest,
  cause: RejectCause,
): void {
  const hour = hourOf(request.receivedAt);
  const full = `${hour} ${cause}`;
  if (hoursFull.has(full)) return;
  hoursFull.add(full);
  ports.log.error(logLines.rejectNotKept, {
    ...requestFields(fence, request),
    hour,
    cause,
    reason: 'the limit of the hour is used up',
  });
}
