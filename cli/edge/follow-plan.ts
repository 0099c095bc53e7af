import { setTimeout } from 'node:timers/promises';
import type { PlanStory } from '#operate/core/shapes/plans.ts';
import { showProgress } from '../show-progress.ts';
import type { OperatorApi } from './operator-api.ts';
import { progressLine } from './plan-text.ts';

const pollMilliseconds = 500;

/** Waits while a plan is in one of these states, and shows how far it is. The plan goes on when this is interrupted. */
export const followPlan = (
  api: OperatorApi,
  id: string,
  states: readonly PlanStory['state'][],
): Promise<PlanStory> =>
  showProgress(async show => {
    for (;;) {
      const plan = await api.ask('readPlan', { id });
      if (!states.includes(plan.state)) return plan;
      show(progressLine(plan));
      await setTimeout(pollMilliseconds);
    }
  });
