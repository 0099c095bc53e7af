import type { Told } from './command.ts';
import { followPlan } from './follow-plan.ts';
import type { OperatorApi } from './operator-api.ts';
import { planText } from './plan-text.ts';

/** Watches a plan that runs until it does so no longer. */
export async function watchPlan(api: OperatorApi, id: string): Promise<Told> {
  const ended = await followPlan(api, id, ['counting', 'running']);
  const needsAttention = ended.state === 'failed' || ended.state === 'paused';
  return { json: ended, text: planText(ended), needsAttention };
}
