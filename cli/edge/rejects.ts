import { fittedTable } from '../demo/fitted-table.ts';
import { type Command, nextLine, pageOptions } from './command.ts';

export const rejects: Command = {
  summary: 'Requests that a fence rejected and kept, from the oldest',
  takes: ['fence'],
  options: {
    from: { value: '<time>', meaning: 'from this hour on: 2026-11-20T08:00:00Z' },
    ...pageOptions,
  },
  examples: ['npm run edge -- rejects stripe-payments --from 2026-11-20T08:00:00Z'],
  async run(api, { given: [integration = ''], options }) {
    const page = await api.ask('listRejects', { integration, ...options });
    const columns = ['at', 'reason', 'method', 'bytes', 'id'];
    const rows = page.rejects.map(({ receivedAt, reason, method, bytes, id }) => [
      receivedAt.slice(0, 19).replace('T', ' '),
      ...[reason, method, String(bytes), id],
    ]);
    const table = fittedTable({ columns, numeric: new Set(['bytes']), rows });
    const text = rows.length > 0 ? table : 'No rejects are kept from then on.';
    return { json: page, text: text + nextLine(page.next) };
  },
};
