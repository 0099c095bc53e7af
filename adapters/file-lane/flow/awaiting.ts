import type { Fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { leasing } from './lease-handoff.ts';
import type { ObjectCreated } from './messages.ts';
import { settle } from './settle.ts';
import type { Verdict, Work } from './work.ts';

export const arrivedInTime = `arrived within ${limits.dataWaitSeconds} seconds`;

/** What is still to come is waited for, longer each time, and then refused. */
export async function awaiting(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  refusal: Fault,
): Promise<Verdict> {
  const left = limits.dataWaitSeconds - waitedSeconds(work, notice);
  return left > 0
    ? { kind: 'later', seconds: Math.ceil(Math.min(pauseSeconds(work, notice), left)) }
    : refuse(work, notice, object, refusal);
}

/** Waits for what others are about to do; when nobody does it, the notice ends among the dead letters. */
export const awaitingOthers = (work: Work, notice: ObjectCreated): Verdict => ({
  kind: 'later',
  seconds: Math.ceil(pauseSeconds(work, notice)),
});

const pauseSeconds = (work: Work, notice: ObjectCreated): number => Math.max(15, waitedSeconds(work, notice));

const waitedSeconds = ({ ports }: Work, { time }: ObjectCreated): number =>
  (ports.clock.now() - Date.parse(time)) / 1000;

/** Rejects an object that is never read. */
export async function refuse(
  work: Work,
  notice: ObjectCreated,
  object: ObjectRef,
  refusal: Fault,
): Promise<Verdict> {
  return leasing(work, notice, { object, begins: [object] }, handoff =>
    settle(work, handoff, { fault: refusal }),
  );
}
