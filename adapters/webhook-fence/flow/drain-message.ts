import type { FaultCode } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { AccessDenied } from '#shared/ports.ts';
import { parseArchive } from '../core/webhook/archive.ts';
import { identityOf } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { readText } from './read-text.ts';
import { recordDrained } from './record-drained.ts';
import { reprocessDelivery } from './reprocess-delivery.ts';
import { parseSpilled, postponeSpilled, putBack, type SpillPointer } from './spill-delivery.ts';
import type { Work } from './work.ts';

/** One message of the spill queue. */
export interface SpillMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
  /** How often the message was received, this time included. */
  readonly receives: number;
}

/** Why a message is not finished. */
interface Setback extends LoggedIdentity {
  readonly reason: FaultCode;
}

/**
 * Whether the message is finished. If not, it comes again later, with growing delay. While the bus is down, a new message takes its
 * place, for a day. At its last receive, or when nothing can
 * come of it, it is kept among the dead letters with the reason.
 */
export async function drainMessage(work: Work, message: SpillMessage): Promise<boolean> {
  const setback = await drain(work, message);
  if (!setback) return true;
  const isOver = setback.reason === 'MESSAGE_UNREADABLE' || message.receives >= limits.receivesMax;
  if (isOver && (await keepAsDeadLetter(work, message, setback))) return true;
  await work.ports.spillQueue.defer(message.receiptHandle, retrySeconds(message.receives));
  return false;
}

/** Undefined when the message is finished. */
async function drain(work: Work, { messageId, body, receives }: SpillMessage): Promise<Setback | undefined> {
  const { fence, ports } = work;
  let fields: LoggedFields = { integration: fence.id, messageId, receives };
  try {
    const pointer = readPointer(body);
    const { key, correlationId } = pointer;
    fields = { ...fields, correlationId };
    if (await ports.input.isDisabled(fence.id)) {
      await putBack(work, pointer);
      return undefined;
    }
    const delivery = parseArchive(await readText(work, { bucket: 'raw', key }));
    fields = { ...fields, ...identityOf(delivery) };
    const outcome = await reprocessDelivery(work, { delivery, key });
    if (outcome.kind === 'busy') return { reason: 'WAITED_TOO_LONG', ...identityOf(delivery) };
    if (outcome.kind === 'bus-unavailable') {
      ports.log.error(logLines.drainFailed, { ...fields, reason: outcome.reason });
      if (await postponeSpilled(work, pointer)) return undefined;
      return { reason: 'BUS_UNAVAILABLE', ...identityOf(delivery) };
    }
    recordDrained(work, delivery, outcome);
    return undefined;
  } catch (error) {
    ports.log.error(logLines.drainFailed, { ...fields, error });
    return { reason: reasonOf(error), correlationId: fields.correlationId, traceId: fields.traceId };
  }
}

/** What is known of the delivery so far. */
interface LoggedIdentity {
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
}

type LoggedFields = LoggedIdentity & Readonly<Record<string, unknown>>;

/** Trying again does not help. */
class UnreadableMessage extends EdgeError {
  override readonly name = 'UnreadableMessage';
}

function readPointer(body: string): SpillPointer {
  try {
    return parseSpilled(body);
  } catch (error) {
    throw new UnreadableMessage('the message is none of the spill queue’s', { cause: error });
  }
}

function reasonOf(error: unknown): FaultCode {
  if (error instanceof UnreadableMessage) return 'MESSAGE_UNREADABLE';
  return error instanceof AccessDenied ? 'ACCESS_DENIED' : 'WORK_FAILED';
}

/** False when it could not be kept: then it comes again, and the queue itself moves it to the dead letters. */
async function keepAsDeadLetter(
  { fence, ports }: Work,
  { body, receives, messageId }: SpillMessage,
  { reason, ...identity }: Setback,
): Promise<boolean> {
  const { correlationId } = identity;
  const fields = { integration: fence.id, messageId, receives, reason, ...identity };
  try {
    await ports.deadLetters.keep({ body, integration: fence.id, reason, receives, correlationId });
  } catch (error) {
    ports.log.error(logLines.drainFailed, { ...fields, error });
    return false;
  }
  const note = { code: 'DEAD_LETTER', count: 1, unit: correlationId ?? messageId, place: reason };
  ports.log.error(logLines.deadLetterKept, { ...fields, ...issueNotes([note], messageId) });
  return true;
}
