import type { FaultCode } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { handoffFields } from '../core/outcome/log-fields.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import type { ProofMessage } from '../core/outcome/proof-message.ts';
import { drive, type Failure } from './drive.ts';
import { FailedAfterProgress } from './failed-after-progress.ts';
import { type LaneMessage, type ParsedMessage, readMessage, UnreadableMessage } from './messages.ts';
import { postpone } from './postpone.ts';
import { publishMissing } from './publish-missing.ts';
import { recordRetry } from './record-retry.ts';
import type { Stage } from './stage.ts';
import { done, type Reception, type Work, WorkStopped } from './work.ts';

/** One message of the lane's queue. `receives` counts how often it was received, this time included. */
export interface Received {
  readonly body: string;
  readonly receives: number;
}

/** Why a message is not finished, and when it may come again. */
interface Setback {
  readonly reason: FaultCode;
  readonly handoffId?: string | undefined;
  /** Undefined: never. */
  readonly seconds: number | undefined;
}

/**
 * Takes one message as far as this invocation can. A failure is logged and brings the message back later, with growing
 * delay; at its last receive the message is kept among the dead letters, with the reason. Three things use up no receive, for a
 * new message takes the place of this one: progress, a bus that is down, and waiting for another hand-off.
 */
export async function takeMessage(work: Work, received: Received): Promise<Reception> {
  const setback = await attempt(work, received);
  if (!setback) return done;
  const isOver = setback.seconds === undefined || received.receives >= limits.receivesMax;
  if (isOver && (await keepAsDeadLetter(work, received, setback))) {
    await recordRetry(work, setback.handoffId, 'never');
    return done;
  }
  const seconds = setback.seconds ?? retrySeconds(received.receives);
  await recordRetry(work, setback.handoffId, seconds);
  return { kind: 'later', seconds };
}

/** Undefined when the message is finished. */
async function attempt(work: Work, { body, receives }: Received): Promise<Setback | undefined> {
  const seconds = retrySeconds(receives);
  try {
    const parsed = readMessage(body);
    const { message } = parsed;
    if (message.kind === 'test') return undefined;
    if (await work.ports.input.isDisabled(work.lane.id)) return await putBack(work, body);
    if (message.kind === 'proof') return await prove(work, message.proof, receives);
    const end = await drive(work, startOf(message));
    if (end.kind === 'done') return undefined;
    if (end.kind === 'failed') return await afterFailure(work, { parsed, receives, failure: end });
    if (end.kind === 'waiting' && (await postpone(work, parsed, end.seconds))) return undefined;
    return {
      reason: 'WAITED_TOO_LONG',
      handoffId: handoffIdIn(message),
      seconds: Math.min(end.seconds, seconds),
    };
  } catch (error) {
    logFailure(work, receives, { error });
    const isUnreadable = error instanceof UnreadableMessage;
    return { reason: reasonOf(error), seconds: isUnreadable ? undefined : seconds };
  }
}

/** As new, so that it uses up no receive: the queue is read for a moment after its lane was disabled. */
async function putBack({ ports }: Work, body: string): Promise<undefined> {
  await ports.laneQueue.send([JSON.parse(body)], limits.disabledDelaySeconds);
}

/** What the auditor of the bus asks for. It touches no hand-off, so that a failure is recorded on none. */
async function prove(work: Work, message: ProofMessage, receives: number): Promise<Setback | undefined> {
  try {
    await publishMissing(work, message);
    return undefined;
  } catch (error) {
    logFailure(work, receives, { error, handoffId: message.handoffId });
    return { reason: reasonOf(error), seconds: retrySeconds(receives) };
  }
}

interface Failed {
  readonly parsed: ParsedMessage;
  readonly receives: number;
  readonly failure: Failure;
}

/** Undefined when a new message took the place of the one whose work failed. */
async function afterFailure(work: Work, { parsed, receives, failure }: Failed): Promise<Setback | undefined> {
  const { error, handoffId = handoffIdIn(parsed.message) } = failure;
  const isReplaced = await replace(work, parsed, error);
  if (isReplaced) await recordRetry(work, handoffId, limits.delaySecondsMax);
  logFailure(work, receives, { error, handoffId });
  if (isReplaced) return undefined;
  return { reason: reasonOf(error), handoffId, seconds: retrySeconds(receives) };
}

/** Whether a new message takes the place of one whose work failed. */
async function replace(work: Work, parsed: ParsedMessage, error: unknown): Promise<boolean> {
  if (error instanceof FailedAfterProgress) {
    await work.ports.laneQueue.send([error.rest], retrySeconds(1));
    return true;
  }
  return isOfBus(error) && postpone(work, parsed);
}

const busFaults: readonly FaultCode[] = ['BUS_UNAVAILABLE', 'PUBLISH_UNKNOWN'];

const isOfBus = (error: unknown): boolean =>
  error instanceof WorkStopped && busFaults.includes(error.fault.code);

function reasonOf(error: unknown): FaultCode {
  if (error instanceof UnreadableMessage) return 'MESSAGE_UNREADABLE';
  return error instanceof WorkStopped ? error.fault.code : 'WORK_FAILED';
}

/** False when it could not be kept: then it comes again, and the queue itself moves it to the dead letters. */
async function keepAsDeadLetter(
  { lane, ports }: Work,
  { body, receives }: Received,
  { reason, handoffId: correlationId }: Setback,
): Promise<boolean> {
  const letter = { body, integration: lane.id, reason, receives, correlationId };
  try {
    await ports.deadLetters.keep(letter);
    ports.log.error(logLines.deadLetterKept, {
      ...handoffFields(lane.id, correlationId),
      ...{ receives, reason },
      ...issueNotes([{ code: 'DEAD_LETTER', count: 1, unit: correlationId ?? lane.id, place: reason }]),
    });
    return true;
  } catch (error) {
    ports.log.error(logLines.messageFailed, {
      ...handoffFields(lane.id, correlationId),
      ...{ receives, reason, error },
    });
    return false;
  }
}

function logFailure(
  { lane, ports }: Work,
  receives: number,
  { error, handoffId }: Omit<Failure, 'kind'>,
): void {
  const cause = error instanceof FailedAfterProgress ? error.cause : error;
  const isStopped = cause instanceof WorkStopped;
  ports.log.error(isStopped ? logLines.laneStopped : logLines.messageFailed, {
    ...handoffFields(lane.id, handoffId),
    receives,
    ...(isStopped ? { fault: cause.fault } : { error: cause }),
    ...issueNotes([{ code: reasonOf(cause), count: 1, unit: handoffId ?? lane.id }]),
  });
}

const handoffIdIn = (message: LaneMessage): string | undefined =>
  message.kind === 'own' ? message.own.handoffId : undefined;

function startOf(message: Exclude<LaneMessage, { kind: 'test' | 'proof' }>): Stage {
  if (message.kind === 'own') return { at: 'resumed', message: message.own };
  if (message.kind === 'reprocess') return { at: 'reprocess', message: message.asked };
  return { at: 'arrived', notice: message.notice };
}
