import pc from 'picocolors';
import type { IssueLine } from '#operate/core/shapes/issues.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import type { Command } from './command.ts';

export const issues: Command = {
  summary: 'Faults grouped by integration and code, the newest first',
  takes: ['[integration]'],
  options: {
    state: { value: '<state>', meaning: 'open, acknowledged or resolved (default: the first two)' },
  },
  examples: ['npm run edge -- issues', 'npm run edge -- issues stripe-payments'],
  async run(api, { given: [integration], options }) {
    const answer = await api.ask('listIssues', {
      ...(integration !== undefined && { integration }),
      ...options,
    });
    const needsAttention = answer.issues.some(({ state }) => state === 'open');
    return { json: answer, text: textOf(answer), needsAttention };
  },
};

function textOf({ issues, more }: { readonly issues: readonly IssueLine[]; readonly more: boolean }): string {
  if (issues.length === 0) return 'No issues.';
  const columns = ['integration', 'code', 'state', 'count', 'first seen', 'last seen'];
  const rows = issues.map(({ integration, code, state, count, firstSeen, lastSeen }) => [
    ...[integration, code, coloured[state], String(count)],
    ...[firstSeen, lastSeen].map(at => at.slice(5, 16).replace('T', ' ')),
  ]);
  const fits = { whole: new Set(['integration', 'code']), spare: new Set(['first seen']) };
  const table = fittedTable({ columns, numeric: new Set(['count']), ...fits, rows });
  return `${table}${more ? '\nand more' : ''}\nOne of them: npm run edge -- issue <integration> <code>`;
}

const coloured = {
  open: pc.red('open'),
  acknowledged: pc.yellow('acknowledged'),
  resolved: pc.green('resolved'),
} as const;
