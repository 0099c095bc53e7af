import type { InputOf, OutputOf } from '../../core/operations.ts';
import * as acts from '../../core/plan/act-on-plan.ts';
import { endOfCounting } from '../../core/plan/end-of-plan.ts';
import type { Plan, PlanState } from '../../core/plan/plan.ts';
import { conflict, notAllowed } from '../../core/problem.ts';
import type { Work } from '../work.ts';
import { planOf } from './read-plan.ts';
import { storyOf } from './story-of.ts';
import { unitsAlone } from './units-alone.ts';
import { writeChange } from './write-change.ts';

type Seen = InputOf<'runPlan'>;
type Asked = InputOf<'pausePlan'>;
type Acted = Promise<OutputOf<'runPlan'>>;

export async function runPlan(work: Work, { id, hash }: Seen): Acted {
  await requireFew(work, await planOf(work, id));
  return act(work, id, {
    what: 'run',
    goesOn: true,
    decide: (plan, given) => acts.run(plan, { ...given, hash }),
  });
}

/** Plans that were counted at the same time did not see each other. @throws Problem when they are too many units together. */
async function requireFew(work: Work, plan: Plan): Promise<void> {
  if (plan.state !== 'planned') return;
  if (endOfCounting(plan, await unitsAlone(work, plan)).state === 'planned') return;
  throw notAllowed(
    `plan ${plan.id} and other plans of ${plan.madeBy} have more units together than one person may do in a day`,
    'Make it again: it then waits for the approval of another person.',
  );
}

export const approvePlan = (work: Work, { id, hash }: Seen): Acted =>
  act(work, id, { what: 'approved', decide: (plan, given) => acts.approve(plan, { ...given, hash }) });

export const pausePlan = (work: Work, { id }: Asked): Acted =>
  act(work, id, { what: 'paused', decide: acts.pause });

export const resumePlan = (work: Work, { id }: Asked): Acted =>
  act(work, id, { what: 'resumed', goesOn: true, decide: acts.resume });

export const cancelPlan = (work: Work, { id }: Asked): Acted =>
  act(work, id, { what: 'cancelled', decide: acts.cancel });

interface Act {
  readonly what: string;
  /** Whether a job goes on with it. */
  readonly goesOn?: true;
  /** The state that it leads to. @throws Problem */
  readonly decide: (plan: Plan, act: acts.Act) => PlanState;
}

async function act(work: Work, id: string, { what, goesOn, decide }: Act): Acted {
  const { ports, caller } = work;
  const plan = await planOf(work, id);
  const state = decide(plan, { by: caller, now: ports.clock.now() });
  const changed = await writeChange(ports, plan, {
    ...{ state, by: caller.arn, what },
    // What stopped it before is over.
    ...(goesOn && { note: '' }),
  });
  if (!changed)
    throw conflict(`somebody changed plan ${id} at the same time`, 'Look at the plan, and try again.');
  if (goesOn) await ports.jobs.continue(id);
  return storyOf(work, changed);
}
