import { limits } from '#shared/contract/limits.ts';
import type { Caller } from '../caller.ts';
import { personOf } from '../person.ts';
import { conflict, notAllowed, type Problem } from '../problem.ts';
import type { Plan, PlanState } from './plan.ts';

/** A plan's state as people see it: one that did not begin, or was not resumed, in time is expired. */
export type ShownState = PlanState | 'expired';

const waiting: readonly PlanState[] = ['counting', 'planned', 'awaiting-approval', 'approved'];
const ended: readonly ShownState[] = ['done', 'failed', 'cancelled', 'expired'];

export function shownState({ state, validUntil, history }: Plan, now: number): ShownState {
  if (waiting.includes(state)) return now > Date.parse(validUntil) ? 'expired' : state;
  const pausedAt = Date.parse(history.at(-1)?.at ?? validUntil);
  return state === 'paused' && now > pausedAt + 3_600_000 * limits.planValidHours ? 'expired' : state;
}

export const isEnded = (state: ShownState): boolean => ended.includes(state);

export interface Act {
  readonly by: Caller;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** An act on a plan that was seen: with the hash of what it showed. */
export interface ActOnHash extends Act {
  readonly hash: string;
}

/** @throws Problem when the plan cannot run. */
export function run(plan: Plan, { now, hash }: ActOnHash): PlanState {
  const state = shownState(plan, now);
  requireHash(plan, hash);
  if (state === 'awaiting-approval')
    throw notAllowed(
      `plan ${plan.id} touches ${plan.found.units} units, so another person must approve it first`,
      `Ask an approver to run: npm run edge -- approve ${plan.id}`,
    );
  requireState(plan, state, ['planned', 'approved']);
  if (plan.found.units === 0)
    throw conflict(`plan ${plan.id} found nothing to do`, 'Make one with another filter.');
  return 'running';
}

/** @throws Problem when it needs no approval, or the caller may be the person who made it. */
export function approve(plan: Plan, { now, hash, by }: ActOnHash): PlanState {
  requireHash(plan, hash);
  requireState(plan, shownState(plan, now), ['awaiting-approval']);
  if (personOf(by) === plan.madeByPerson)
    throw notAllowed(
      `plan ${plan.id} was made by ${plan.madeBy}, and another person must approve it`,
      'Sessions of one role count as one person. Ask somebody with another user or role.',
    );
  return 'approved';
}

/** @throws Problem when it does not run. */
export function pause(plan: Plan, { now }: Act): PlanState {
  requireState(plan, shownState(plan, now), ['running']);
  return 'paused';
}

/** Goes on where it stopped, or where its function died. @throws Problem when it is not paused, or in work. */
export function resume(plan: Plan, { now }: Act): PlanState {
  const state = shownState(plan, now);
  requireState(plan, state, ['paused', 'running', 'counting']);
  if (state !== 'paused' && plan.lease && plan.lease.until > now)
    throw conflict(`plan ${plan.id} is in work`, 'Nothing is to be done: look again in a minute.');
  return state === 'paused' ? 'running' : plan.state;
}

/** @throws Problem when it is over. */
export function cancel(plan: Plan, { now }: Act): PlanState {
  const state = shownState(plan, now);
  if (isEnded(state)) throw wrongState(plan, state);
  return 'cancelled';
}

function requireState(plan: Plan, state: ShownState, wanted: readonly ShownState[]): void {
  if (!wanted.includes(state)) throw wrongState(plan, state);
}

const wrongState = ({ id }: Plan, state: ShownState): Problem =>
  conflict(`plan ${id} is ${state}`, state === 'expired' ? 'Make it again.' : 'See: npm run edge -- jobs');

function requireHash({ id, hash }: Plan, seen: string): void {
  if (hash !== undefined && hash !== seen)
    throw conflict(
      `plan ${id} is not the one that you saw: its hash is ${hash}`,
      'Look at the plan, and give its hash.',
    );
}
