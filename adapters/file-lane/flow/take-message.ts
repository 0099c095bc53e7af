import { limits } from '#shared/contract/limits.ts';
import { isSettled } from '../core/outcome/handoff.ts';
import { arrive } from './arrive.ts';
import { type ChunkMessage, parseMessage } from './messages.ts';
import { workOnChunk } from './spread.ts';
import { done, noting, type Verdict, type Work, WorkStopped } from './work.ts';

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
    const verdict =
      message.kind === 'chunk' ? await workOn(work, message.chunk) : await arrive(work, message.notice);
    return soon(verdict, receives);
  } catch (error) {
    const stopped = error instanceof WorkStopped;
    work.ports.log.error(stopped ? 'lane stopped' : 'message failed', {
      integration: work.lane.id,
      receives,
      ...(stopped ? { fault: error.fault } : { error }),
    });
    return { kind: 'later', seconds: retrySeconds(receives) };
  }
}

async function workOn(work: Work, message: ChunkMessage): Promise<Verdict> {
  const handoff = await work.ports.ledger.find(message.handoffId);
  if (!handoff) throw new Error(`the ledger does not know hand-off ${message.handoffId}`);
  if (isSettled(handoff.state)) return done;
  return noting(work, handoff.id, () => workOnChunk(work, handoff, message));
}

/** A lease may end long before its time, so whoever waits looks again early, and then ever later. */
const soon = (verdict: Verdict, receives: number): Verdict =>
  verdict.kind === 'done' ? done : { ...verdict, seconds: Math.min(verdict.seconds, retrySeconds(receives)) };

/** 10 s, doubled each time, at most 15 minutes: ten receives span over an hour, longer than any lease. */
const retrySeconds = (receives: number): number =>
  Math.min(limits.functionSecondsMax, 10 * 2 ** (receives - 1));
