import type { InputOf, OutputOf } from '../../core/operations.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { notFound } from '../../core/problem.ts';
import type { Work } from '../work.ts';
import { storyOf } from './story-of.ts';

export const readPlan = async (work: Work, { id }: InputOf<'readPlan'>): Promise<OutputOf<'readPlan'>> =>
  storyOf(work, await planOf(work, id));

/** @throws Problem when there is no such plan. */
export async function planOf({ ports }: Work, id: string): Promise<Plan> {
  const plan = await ports.plans.find(id);
  if (plan) return plan;
  throw notFound(`there is no plan "${id}"`, 'List plans with: npm run edge -- jobs');
}
