import type { PlanLine } from '#operate/core/shapes/plans.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import { type Command, nextLine, pageOptions } from './command.ts';
import { planText, progressLine } from './plan-text.ts';

export const jobs: Command = {
  summary: 'Plans and how far they are, the newest first; or one plan',
  takes: ['[plan]'],
  options: pageOptions,
  examples: ['npm run edge -- jobs', 'npm run edge -- jobs 20261120-120000-redrive-x7f3'],
  async run(api, { given: [id], options }) {
    if (id !== undefined) {
      const plan = await api.ask('readPlan', { id });
      return { json: plan, text: planText(plan) };
    }
    const page = await api.ask('listPlans', options);
    return { json: page, text: textOf(page.plans) + nextLine(page.next) };
  },
};

function textOf(plans: readonly PlanLine[]): string {
  if (plans.length === 0) return 'No plans.';
  const columns = ['plan', 'integration', 'state', 'progress'];
  const rows = plans.map(plan => [plan.id, plan.integration, plan.state, progressLine(plan)]);
  return fittedTable({ columns, numeric: new Set(), whole: new Set(['plan']), rows });
}
