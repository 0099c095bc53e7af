import type { EventLine } from '#operate/core/shapes/events.ts';
import type { Command } from './command.ts';
import type { OperatorApi, Parameters } from './operator-api.ts';

export const event: Command = {
  summary: 'One event of the bus: its attributes, and how often it came',
  takes: ['id'],
  options: {
    from: { value: '<time>', meaning: 'published then or later (default a day before --to)' },
    to: { value: '<time>', meaning: 'published before then (default now)' },
  },
  examples: ['npm run edge -- event 5b3f…', 'npm run edge -- event 5b3f… --from 2026-11-20T00:00:00Z'],
  async run(api, { given: [id = ''], options }) {
    const found = await copiesOf(api, { id, ...withDay(options) });
    return { json: { copies: found }, text: textOf(id, found), needsAttention: found.length === 0 };
  },
};

const dayMilliseconds = 86_400_000;

function withDay({ from, to }: Readonly<Record<string, string>>): Parameters<'listEvents'> {
  const end = to ?? new Date(Date.now() + 1_000).toISOString();
  return { from: from ?? new Date(Date.parse(end) - dayMilliseconds).toISOString(), to: end };
}

async function copiesOf(api: OperatorApi, asked: Parameters<'listEvents'>): Promise<EventLine[]> {
  const found: EventLine[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await api.ask('listEvents', { ...asked, ...(cursor !== undefined && { cursor }) });
    found.push(...page.events);
    if (page.next === null) return found;
    cursor = page.next;
  }
}

function textOf(id: string, copies: readonly EventLine[]): string {
  const [first] = copies;
  if (!first) return `Event ${id} is not in the bus log of that time. Search more with --from.`;
  const times = copies.map(({ publishedAt }) => publishedAt.slice(0, 19).replace('T', ' '));
  const { object, publishedAt, ...attributes } = first;
  const lines = Object.entries(attributes).map(([name, value]) => `${name.padEnd(16)}${value}`);
  return [...lines, `${'published'.padEnd(16)}${times.join(', ')}`, `${'object'.padEnd(16)}${object}`].join(
    '\n',
  );
}
