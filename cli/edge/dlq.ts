import { fittedTable } from '../demo/fitted-table.ts';
import type { Command } from './command.ts';

export const dlq: Command = {
  summary: 'Dead letters of a lane or fence, from the oldest',
  takes: ['integration'],
  options: {},
  examples: ['npm run edge -- dlq acme-orders'],
  async run(api, { given: [integration = ''] }) {
    const answer = await api.ask('listDeadLetters', { integration });
    const columns = ['sent', 'receives', 'reason', 'about'];
    const rows = answer.deadLetters.map(({ sentAt, receives, reason, about }) => [
      sentAt.slice(0, 19).replace('T', ' '),
      ...[String(receives), reason ?? '', about],
    ]);
    const table = fittedTable({ columns, numeric: new Set(['receives']), rows });
    const text =
      rows.length > 0
        ? `${table}\n\nSend them back: npm run edge -- plan redrive ${integration}`
        : 'No dead letters.';
    return { json: answer, text: answer.more ? `${text}\nand more` : text };
  },
};
