import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLine } from '#operate/core/shapes/events.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import { type Command, nextLine, pageOptions } from './command.ts';
import type { OperatorApi, Parameters } from './operator-api.ts';

export const events: Command = {
  summary: 'Events that were on the bus, as they came, without their data',
  takes: [],
  options: {
    id: { value: '<id>', meaning: 'only this event' },
    type: { value: '<type>', meaning: 'only of this type: orders.order.created.v1' },
    subject: { value: '<subject>', meaning: 'only of this aggregate' },
    correlationid: { value: '<id>', meaning: 'only of this file, delivery or transaction' },
    integration: { value: '<id>', meaning: 'only of this integration' },
    from: { value: '<time>', meaning: 'published then or later (default an hour before --to)' },
    to: { value: '<time>', meaning: 'published before then (default now)' },
    follow: { meaning: 'print what comes, until you press Ctrl-C' },
    ...pageOptions,
  },
  examples: [
    'npm run edge -- events --integration acme-orders',
    'npm run edge -- events --subject A-1001 --from 2026-11-27T14:00:00Z --to 2026-11-27T15:00:00Z',
    'npm run edge -- events --follow --type orders.order.created.v1',
  ],
  async run(api, { options: { follow, ...options } }) {
    if (follow !== undefined) return followEvents(api, options);
    const page = await api.ask('listEvents', options);
    return { json: page, text: textOf(page) + nextLine(page.next) };
  },
};

type Page = Awaited<ReturnType<typeof ask>>;

const ask = (api: OperatorApi, parameters: Parameters<'listEvents'>) => api.ask('listEvents', parameters);

function textOf({ events: found, searched }: Page): string {
  const { from, to, objects, bytes } = searched;
  const told = `Searched ${from} to ${to}: ${objects} objects, ${bytes} bytes.`;
  if (found.length === 0) return `No such events on this page.\n${told}`;
  const columns = ['published', 'type', 'subject', 'id'];
  const rows = found.map(({ publishedAt, type, subject, id }) => [
    publishedAt.slice(0, 19).replace('T', ' '),
    ...[type, subject, `${id.slice(0, 12)}…`],
  ]);
  const ids = found.map(({ id, type, subject }) => `  ${id}  ${type} ${subject}`);
  const show = 'Show one: npm run edge -- event <id>';
  return [fittedTable({ columns, numeric: new Set(), rows }), told, '', show, ...ids].join('\n');
}

/** How long to wait between two looks, and how far a look goes back: events come to the log by and by. */
const lookMilliseconds = 2_000;
const backMilliseconds = 180_000;

async function followEvents(api: OperatorApi, options: Parameters<'listEvents'>): Promise<never> {
  const seen = new Map<string, number>();
  for (let from = options.from; ; ) {
    for (const event of await allSince(api, { ...options, limit: '100', from })) {
      const copy = `${event.object} ${event.id}`;
      if (!seen.has(copy)) console.log(lineOf(event));
      seen.set(copy, Date.now());
    }
    for (const [copy, at] of seen) if (Date.now() - at > 2 * backMilliseconds) seen.delete(copy);
    from = new Date(Date.now() - backMilliseconds).toISOString();
    await sleep(lookMilliseconds);
  }
}

async function allSince(api: OperatorApi, options: Parameters<'listEvents'>): Promise<EventLine[]> {
  const found: EventLine[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ask(api, { ...options, ...(cursor !== undefined && { cursor }) });
    found.push(...page.events);
    if (page.next === null) return found;
    cursor = page.next;
  }
}

const lineOf = ({ publishedAt, type, subject, id }: EventLine): string =>
  `${publishedAt.slice(0, 19).replace('T', ' ')}  ${type}  ${subject}  ${id}`;
