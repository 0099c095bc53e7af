import { type Plan, unitsOf } from './plan.ts';
import { isNeverApproved } from './plan-kinds.ts';

/** Units that the maker of a plan does, or did, by other plans without another person. `others`: the plans of the last day. */
export const doneAlone = (plan: Plan, others: readonly Plan[]): number =>
  others
    .filter(
      ({ id, integration, madeByPerson }) =>
        id !== plan.id && integration === plan.integration && madeByPerson === plan.madeByPerson,
    )
    .filter(other => !isNeverApproved(other))
    .filter(({ history }) => !history.some(({ what }) => what === 'approved'))
    .reduce((sum, other) => sum + countedUnits(other), 0);

/** What may still be done counts as done. What waits for approval, or is counted, counts when it begins. */
function countedUnits(plan: Plan): number {
  const { done, failed } = plan.progress;
  const mayGoOn = ['planned', 'running', 'paused'].includes(plan.state);
  return mayGoOn ? unitsOf(plan) : done + failed;
}
