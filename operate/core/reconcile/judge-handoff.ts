import {
  type Awaited,
  isSettled,
  type Reconciliation,
  type SettledState,
} from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';

/** Whose answer is under the name of a file: its own, one to a newer version, one to an older version, or none. */
export type AnswerThere = 'own' | 'newer' | 'older' | 'none';

/**
 * What the claim of a file's content is: `own` and `others` are as they should be. `missing`: the file published, and nobody has the claim.
 * `kept`: the file has the claim, and did not publish all of it.
 */
export type ClaimThere = 'own' | 'others' | 'missing' | 'kept';

export interface SeenHandoff {
  readonly handoff: HandoffSummary;
  /** Epoch milliseconds until which someone works on it. */
  readonly leasedUntil: number;
  /** Of a settled one. */
  readonly answer?: AnswerThere;
  readonly claim?: ClaimThere;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Judgement extends Reconciliation {
  /** What is safe to do: ask for the work again, or for the answer to be written again; claim the content again, or give it free. */
  readonly heal?: 'resume' | 'acknowledge' | 'claim' | 'free';
  /** Whether it must be compared again although it is settled. */
  readonly again: boolean;
  /** Whether people must look. */
  readonly needsPeople: boolean;
}

/** Compares what the ledger says of a hand-off with what was found outside. */
export function judgeHandoff(seen: SeenHandoff): Judgement {
  const { state } = seen.handoff;
  return isSettled(state) ? judgeSettled(seen, state) : judgeOpen(seen);
}

function judgeSettled(
  { handoff, answer = 'none', claim = 'own', now }: SeenHandoff,
  state: SettledState,
): Judgement {
  const again = now - Date.parse(handoff.settledAt ?? '') < 1_000 * limits.reconcileSettledSeconds;
  if (state === 'unbalanced')
    return {
      result: 'impossible',
      detail: 'received records and outcomes differ',
      again: false,
      needsPeople: true,
    };
  if (claim === 'missing' || claim === 'kept') return judgeClaim(claim);
  if (answer === 'own' || answer === 'newer') {
    const which =
      answer === 'own' ? 'its acknowledgement is there' : 'a newer version of the name was answered';
    return { result: 'matched', detail: `the books balance, and ${which}`, again, needsPeople: false };
  }
  const found =
    answer === 'none' ? 'its acknowledgement is not there' : 'the acknowledgement is of an older version';
  return {
    result: 'external-failure',
    detail: `${found}; it is written again`,
    heal: 'acknowledge',
    again: true,
    needsPeople: false,
  };
}

/** A content that nobody has claimed would be published again when it comes again; one that is kept would wait or be a duplicate. */
const judgeClaim = (claim: 'missing' | 'kept'): Judgement => ({
  result: 'external-failure',
  detail:
    claim === 'missing'
      ? 'nothing says any more that its content was published; the content is claimed again'
      : 'it did not publish all of its content, and still has the claim of it; the content is given free',
  heal: claim === 'missing' ? 'claim' : 'free',
  again: true,
  needsPeople: false,
});

const waiting = (detail: string): Judgement => ({
  result: 'unknown',
  detail,
  again: true,
  needsPeople: false,
});

function judgeOpen({ handoff, leasedUntil, now }: SeenHandoff): Judgement {
  const { nextRetryAt, stoppedAt, resumes = 0 } = handoff;
  if (leasedUntil > now) return waiting('it is being worked on');
  const due = time(nextRetryAt) + 1_000 * limits.resumeSlackSeconds;
  if (nextRetryAt !== undefined && now < due)
    return waiting(`${awaitedOf(handoff.awaiting)}tried again at ${nextRetryAt}`);
  const idle = Math.max(leasedUntil, time(handoff.receivedAt), time(nextRetryAt), time(handoff.resumedAt));
  if (stoppedAt === undefined && now - idle < 1_000 * limits.stalledSeconds)
    return waiting('nobody works on it; its message may wait in the queue');
  if (resumes >= limits.resumesMax)
    return {
      result: 'unknown',
      detail: `the work was asked for again ${resumes} times and did not end`,
      again: true,
      needsPeople: true,
    };
  if (now < time(handoff.resumedAt) + pauseMilliseconds(resumes))
    return waiting(`the work was asked for again at ${handoff.resumedAt}`);
  const why =
    stoppedAt === undefined
      ? 'no message stands for it any more'
      : `its message was a dead letter since ${stoppedAt}`;
  return {
    result: 'unknown',
    detail: `${why}; the work goes on at its checkpoint`,
    heal: 'resume',
    again: true,
    needsPeople: false,
  };
}

const awaitedOf = (awaiting: Awaited | undefined): string =>
  awaiting ? `it waits for its ${awaiting}, ` : '';

const time = (at: string | undefined): number => (at === undefined ? 0 : Date.parse(at));

/** None before the first time, then 1, 2, 4, … hours. */
function pauseMilliseconds(resumes: number): number {
  if (resumes === 0) return 0;
  return 1_000 * Math.min(3_600 * 2 ** (resumes - 1), limits.resumePauseSecondsMax);
}
