import type { Command } from './command.ts';
import { planText } from './plan-text.ts';
import { watchPlan } from './watch-plan.ts';

const id = '20261120-120000-redrive-x7f3';

export const approve: Command = {
  summary: 'Approve what another person’s plan showed',
  takes: ['plan'],
  options: {},
  identity: 'approver',
  examples: [`npm run edge -- approve ${id}`],
  async run(api, { given: [plan = ''] }) {
    const { hash } = await api.ask('readPlan', { id: plan });
    const approved = await api.ask('approvePlan', { id: plan, hash: hash ?? '' });
    return { json: approved, text: planText(approved) };
  },
};

const acting = (name: 'pause' | 'cancel', summary: string): Command => ({
  summary,
  takes: ['plan'],
  options: {},
  identity: 'operator',
  examples: [`npm run edge -- ${name} ${id}`],
  async run(api, { given: [plan = ''] }) {
    const changed = await api.ask(`${name}Plan`, { id: plan });
    return { json: changed, text: planText(changed) };
  },
});

export const pause = acting('pause', 'Pause a plan after the units that are in work');
export const cancel = acting('cancel', 'End a plan. What is done stays done');

export const resume: Command = {
  summary: 'Go on with a plan that is paused, or whose job died, and watch it',
  takes: ['plan'],
  options: {},
  identity: 'operator',
  examples: [`npm run edge -- resume ${id}`],
  async run(api, { given: [plan = ''] }) {
    await api.ask('resumePlan', { id: plan });
    return watchPlan(api, plan);
  },
};
