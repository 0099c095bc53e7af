import type { PlanLine } from '#operate/core/shapes/plans.ts';
import { number } from '../core/words.ts';

/** How far a plan is. */
export function Progress({ of: { state, done, failed, units, found } }: { readonly of: PlanLine }) {
  if (state === 'counting') return <span>{number(found)} counted</span>;
  const ended = done + failed;
  if (ended === 0 && state !== 'running') return null;
  return (
    <span class="progress">
      <progress max={Math.max(1, units)} value={ended} aria-label="progress" />
      <span>
        {number(ended)} of {number(units)}
      </span>
    </span>
  );
}
