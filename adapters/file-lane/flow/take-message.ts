import type { FaultCode } from '#shared/contract/fault.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import { drive } from './drive.ts';
import { FailedAfterProgress } from './failed-after-progress.ts';
import { type LaneMessage, type ParsedMessage, parseMessage } from './messages.ts';
import { postpone } from './postpone.ts';
import type { Stage } from './stage.ts';
import { done, type Reception, type Work, WorkStopped } from './work.ts';

/** One message of the lane's queue. `receives` counts how often it was received, this time included. */
export interface Received {
  readonly body: string;
  readonly receives: number;
}

/**
 * Takes one message as far as this invocation can. A failure is logged and brings the message back later, with growing
 * delay; the queue moves it to its DLQ after `receivesMax`. Three things use up no receive, for a new message takes the
 * place of this one: progress, a bus that is down, and waiting for another hand-off.
 */
export async function takeMessage(work: Work, { body, receives }: Received): Promise<Reception> {
  try {
    const parsed = parseMessage(body);
    return await follow(work, parsed, receives);
  } catch (error) {
    logFailure(work, receives, error);
    return { kind: 'later', seconds: retrySeconds(receives) };
  }
}

async function follow(work: Work, parsed: ParsedMessage, receives: number): Promise<Reception> {
  const { message } = parsed;
  if (message.kind === 'test') return done;
  try {
    const verdict = await drive(work, startOf(message));
    if (verdict.kind === 'done') return done;
    if (verdict.kind === 'waiting' && (await postpone(work, parsed, verdict.seconds))) return done;
    return { kind: 'later', seconds: Math.min(verdict.seconds, retrySeconds(receives)) };
  } catch (error) {
    const isReplaced = await replace(work, parsed, error);
    if (!isReplaced) throw error;
    logFailure(work, receives, error);
    return done;
  }
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

function logFailure({ lane, ports }: Work, receives: number, failure: unknown): void {
  const error = failure instanceof FailedAfterProgress ? failure.cause : failure;
  const isStopped = error instanceof WorkStopped;
  ports.log.error(isStopped ? logLines.laneStopped : logLines.messageFailed, {
    integration: lane.id,
    receives,
    ...(isStopped ? { fault: error.fault } : { error }),
  });
}

const startOf = (message: Exclude<LaneMessage, { kind: 'test' }>): Stage =>
  message.kind === 'own'
    ? { at: 'resumed', message: message.own }
    : { at: 'arrived', notice: message.notice };
