import type { Command } from './command.ts';
import { followPlan } from './follow-plan.ts';
import { planText } from './plan-text.ts';

export const run: Command = {
  summary: 'Do what a plan showed, and watch it',
  takes: ['plan'],
  options: {},
  identity: 'operator',
  examples: ['npm run edge -- run 20261120-120000-redrive-x7f3'],
  async run(api, { given: [id = ''] }) {
    const { hash } = await api.ask('readPlan', { id });
    await api.ask('runPlan', { id, hash: hash ?? '' });
    const ended = await followPlan(api, id, ['running']);
    return { json: ended, text: planText(ended), needsAttention: ended.state === 'failed' };
  },
};
