import { fittedTable } from '../demo/fitted-table.ts';
import { type Command, nextLine, pageOptions } from './command.ts';

export const undelivered: Command = {
  summary: 'Batches of records that a feed could not deliver',
  takes: ['feed'],
  options: pageOptions,
  examples: ['npm run edge -- undelivered crm-customers'],
  async run(api, { given: [integration = ''], options }) {
    const page = await api.ask('listUndelivered', { integration, ...options });
    const columns = ['failed', 'shard', 'bytes', 'object'];
    const rows = page.batches.map(({ failedAt, shard, bytes, object }) => [
      failedAt === null ? 'unknown' : failedAt.slice(0, 19).replace('T', ' '),
      ...[shard ?? 'not by Lambda', String(bytes), object.split('/').at(-1) ?? object],
    ]);
    const table = fittedTable({ columns, numeric: new Set(['bytes']), rows });
    const deliver = `\n\nDeliver them with: npm run edge -- plan redeliver ${integration}`;
    const text = rows.length > 0 ? table + deliver : 'Nothing is undelivered.';
    return { json: page, text: text + nextLine(page.next) };
  },
};
