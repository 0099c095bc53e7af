import type { HandoffLine } from '#operate/core/shapes/handoffs.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import { type Command, nextLine, pageOptions } from './command.ts';

export const files: Command = {
  summary: 'Files of a lane, the newest first',
  takes: ['lane'],
  options: {
    state: {
      value: '<state>',
      meaning:
        'only in this state: awaiting, received, processing, settling, complete, partial, rejected, duplicate or unbalanced',
    },
    name: { value: '<text>', meaning: 'only with a name that begins so' },
    from: { value: '<time>', meaning: 'received then or later: 2026-11-20T08:00:00Z' },
    to: { value: '<time>', meaning: 'received before then' },
    ...pageOptions,
  },
  examples: ['npm run edge -- files acme-orders', 'npm run edge -- files acme-orders --state partial'],
  async run(api, { given: [integration = ''], options }) {
    const page = await api.ask('listHandoffs', { integration, ...options });
    return { json: page, text: textOf(page.handoffs) + nextLine(page.next) };
  },
};

function textOf(handoffs: readonly HandoffLine[]): string {
  if (handoffs.length === 0) return 'No files on this page.';
  const columns = ['at', 'file', 'state', 'rows', 'bad', 'fault'];
  const rows = handoffs.map(({ receivedAt, file, state, received, tally, fault }) => [
    receivedAt.slice(5, 16).replace('T', ' '),
    file,
    state,
    received === null ? '' : String(received),
    tally ? String(tally.quarantined + tally.rejected) : '',
    fault?.code ?? '',
  ]);
  const table = fittedTable({ columns, numeric: new Set(['rows', 'bad']), rows });
  // Ids are long, and are copied: each has a line of its own.
  const ids = handoffs.map(({ id, file }) => `  ${id}  ${file}`);
  return [table, '', 'Show one: npm run edge -- show <id>', ...ids].join('\n');
}
