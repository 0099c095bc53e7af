import type { PlanLine } from '../shapes/plans.ts';

type Advised = Pick<PlanLine, 'id' | 'state' | 'units' | 'done' | 'validUntil'>;

/** What to do now about a plan. Its commands ask the local cloud: who shows them adds the stage. */
export function planAdvice({ id, state, units, done, validUntil }: Advised): string {
  const until = `It is valid until ${validUntil.slice(0, 19).replace('T', ' ')} UTC.`;
  switch (state) {
    case 'counting':
      return `It is counted. Look again: npm run edge -- jobs ${id}`;
    case 'planned':
      return units === 0
        ? 'Nothing to do.'
        : `Nothing is done yet. Run it: npm run edge -- run ${id}\n${until}`;
    case 'awaiting-approval':
      return `Nothing is done yet. Another person must approve it: npm run edge -- approve ${id}\n${until}`;
    case 'approved':
      return `It is approved. Run it: npm run edge -- run ${id}\n${until}`;
    case 'running':
      return `It runs. Look again: npm run edge -- jobs ${id}`;
    case 'paused':
      return `It is paused. Go on: npm run edge -- resume ${id}`;
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
