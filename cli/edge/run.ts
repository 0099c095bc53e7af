import type { Command } from './command.ts';
import { watchPlan } from './watch-plan.ts';

export const run: Command = {
  summary: 'Do what a plan showed, and watch it',
  takes: ['plan'],
  options: {},
  identity: 'operator',
  examples: ['npm run edge -- run 20261120-120000-redrive-x7f3'],
  async run(api, { given: [id = ''] }) {
    const { hash } = await api.ask('readPlan', { id });
    await api.ask('runPlan', { id, hash: hash ?? '' });
    return watchPlan(api, id);
  },
};
