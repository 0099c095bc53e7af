import pc from 'picocolors';
import type { IntegrationState } from '#operate/core/shapes/integrations.ts';
import type { ReconciliationRun } from '#operate/core/shapes/reconciliation.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import type { Command } from './command.ts';

export const status: Command = {
  summary: 'Every integration: its state, and what waits for people',
  takes: [],
  options: {},
  examples: ['npm run edge -- status', 'npm run edge -- status --stage prod --json'],
  async run(api) {
    const [{ integrations }, { last }] = await Promise.all([
      api.ask('listIntegrations', {}),
      api.ask('readReconciliation', {}),
    ]);
    const needsAttention =
      integrations.some(({ attention }) => attention.length > 0) || (last?.needsPeople ?? 0) > 0;
    return { json: { integrations }, text: `${textOf(integrations)}\n${comparedLine(last)}`, needsAttention };
  },
};

const comparedLine = (last: ReconciliationRun | null): string =>
  last === null
    ? 'The reconciler has not run yet.'
    : `Compared last at ${last.startedAt}${last.needsPeople > 0 ? `, ${last.needsPeople} for people: npm run edge -- reconcile --last` : ''}`;

function textOf(integrations: readonly IntegrationState[]): string {
  const columns = ['integration', 'state', 'in work', 'dlq', 'issues', 'files', 'rows', 'bad rows', 'books'];
  const numeric = new Set(columns.slice(2, 8));
  const table = fittedTable({
    ...{ columns, numeric, rows: integrations.map(rowOf) },
    whole: new Set(['integration']),
  });
  const waiting = integrations.flatMap(({ id, attention }) => attention.map(what => `${id}: ${what}`));
  const closing = waiting.length > 0 ? waiting.join('\n') : 'Nothing waits for people.';
  const due = integrations.flatMap(({ id, schedule }) =>
    schedule?.nextDue ? [`${id}: the next file is due at ${schedule.nextDue}`] : [],
  );
  const dueLines = due.length > 0 ? `${due.join('\n')}\n\n` : '';
  return `${table}\nfiles, rows and books: the last 24 hours\n\n${dueLines}${closing}`;
}

function rowOf({
  id,
  state,
  unsettled,
  deadLetters,
  undelivered,
  openIssues,
  books,
}: IntegrationState): string[] {
  const waiting = undelivered ?? (deadLetters === null ? null : { count: deadLetters, more: false });
  const bad = books && books.tally.quarantined + books.tally.rejected;
  return [
    id,
    coloured[state],
    counted(unsettled),
    counted(waiting),
    openIssues > 0 ? String(openIssues) : '',
    counted(books && { count: books.handoffs, more: books.more }),
    books ? String(books.received) : '',
    bad === null ? '' : String(bad),
    balance(books),
  ];
}

function balance(books: IntegrationState['books']): string {
  if (!books) return '';
  return books.balanced ? 'balance' : pc.red('differ');
}

const coloured = {
  ok: pc.green('ok'),
  attention: pc.red('attention'),
  disabled: pc.yellow('disabled'),
  'not-deployed': 'not deployed',
} as const;

const counted = (found: { readonly count: number; readonly more: boolean } | null): string =>
  found ? `${found.count}${found.more ? '+' : ''}` : '';
