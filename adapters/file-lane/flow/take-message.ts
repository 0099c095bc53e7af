import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import { logLines } from '../core/outcome/log-lines.ts';
import { drive } from './drive.ts';
import { type LaneMessage, parseMessage } from './messages.ts';
import type { Stage } from './stage.ts';
import { done, type Verdict, type Work, WorkStopped } from './work.ts';

/** One message of the lane's queue. `receives` counts how often it was received, this time included. */
export interface Received {
  readonly body: string;
  readonly receives: number;
}

/**
 * Takes one message as far as this invocation can. A failure is logged and brings the message back later, with growing
 * delay; the queue moves it to its DLQ after `receivesMax`.
 */
export async function takeMessage(work: Work, { body, receives }: Received): Promise<Verdict> {
  try {
    const message = parseMessage(body);
    if (message.kind === 'test') return done;
    return soon(await drive(work, startOf(message)), receives);
  } catch (error) {
    const stopped = error instanceof WorkStopped;
    work.ports.log.error(stopped ? logLines.laneStopped : logLines.messageFailed, {
      integration: work.lane.id,
      receives,
      ...(stopped ? { fault: error.fault } : { error }),
    });
    return { kind: 'later', seconds: retrySeconds(receives) };
  }
}

const startOf = (message: Exclude<LaneMessage, { kind: 'test' }>): Stage =>
  message.kind === 'chunk'
    ? { at: 'resumed', message: message.chunk }
    : { at: 'arrived', notice: message.notice };

/** A lease may end long before its time, so whoever waits looks again early, and then ever later. */
const soon = (verdict: Verdict, receives: number): Verdict =>
  verdict.kind === 'done' ? done : { ...verdict, seconds: Math.min(verdict.seconds, retrySeconds(receives)) };
