import type { PlanLine } from '../shapes/plans.ts';

/** What to know now about a plan. What can be done is beside it: a button, or a command. */
export function planAdvice({ state, units, done }: Pick<PlanLine, 'state' | 'units' | 'done'>): string {
  switch (state) {
    case 'counting':
      return 'It is counted. Nothing is done.';
    case 'planned':
      return units === 0 ? 'The filter finds nothing. Nothing to do.' : 'Nothing is done yet.';
    case 'awaiting-approval':
      return 'Nothing is done yet. It is so large that another person must approve it.';
    case 'approved':
      return 'It is approved. Nothing is done yet.';
    case 'running':
      return 'It runs, also when nobody watches.';
    case 'paused':
      return 'It is paused. What is done stays done.';
    case 'failed':
      return done === 0
        ? 'Nothing was done. Fix what it says, and make the plan again.'
        : 'Fix what the failures say, and make a plan for what is left.';
    case 'expired':
      return 'It did not begin in time, or was paused for too long. Make it again.';
    case 'done':
      return 'Nothing is left to do.';
    case 'cancelled':
      return 'It is cancelled. What is done stays done.';
  }
}
