import pc from 'picocolors';
import type { Numbers } from '#operate/core/shapes/numbers.ts';
import { fittedTable } from '../demo/fitted-table.ts';
import { wrapped } from '../wrap.ts';
import type { Command } from './command.ts';

export const books: Command = {
  summary: 'The numbers of a day side by side, and where they differ',
  takes: [],
  options: {
    day: { value: '<day>', meaning: 'the UTC day on which units came: 2026-11-20; default: this day' },
    integration: { value: '<id>', meaning: 'only of this integration' },
  },
  examples: ['npm run edge -- books', 'npm run edge -- books --day 2026-11-20 --integration erp-stock'],
  async run(api, { options }) {
    const found = await api.ask('listNumbers', options);
    const needsAttention = found.numbers.some(({ differs }) => differs.length > 0);
    return { json: found, text: textOf(found), needsAttention };
  },
};

interface FoundNumbers {
  readonly day: string;
  readonly receiptsAt: string | null;
  readonly numbers: readonly Numbers[];
}

function textOf({ day, receiptsAt, numbers: all }: FoundNumbers): string {
  const shown = all.filter(({ received, claimed, sender, consumers }) =>
    [received, claimed, sender, consumers.length].some(Boolean),
  );
  if (shown.length === 0) return wrapped(`Nothing that came on ${day} is counted. ${counting}`).join('\n');
  const columns = ['integration', 'sender', 'received', 'outcomes', 'events', 'on the bus', 'consumers'];
  const table = fittedTable({ columns, numeric: new Set(columns.slice(1, 6)), rows: shown.map(rowOf) });
  const differing = shown.flatMap(one => one.differs.map(what => `${one.integration}: ${what}`));
  const lines = [
    `Units that came on ${day}: rows of files, deliveries, changes`,
    table,
    receiptsAt === null ? 'No consumer reports.' : `Consumers were compared last at ${receiptsAt}.`,
    '',
    ...(differing.length > 0 ? differing.map(line => pc.red(line)) : [agreement(shown)]),
    ...wrapped(counting),
    ...shown.flatMap(missingLines),
  ];
  return lines.join('\n');
}

const counting =
  'The auditor compares once an hour. Until then, events, deliveries and changes are not counted.';

const agreement = (shown: readonly Numbers[]): string =>
  shown.some(({ claimed }) => claimed > 0)
    ? 'All numbers that were compared agree.'
    : 'No events were compared yet.';

function rowOf({ integration, sender, received, outcomes, claimed, onBus, consumers }: Numbers): string[] {
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return [
    integration,
    sender ? String(sender.claims ?? `${sender.missing.length} missing`) : '',
    String(received),
    String(ended),
    String(claimed),
    String(onBus),
    consumers.map(({ name, expected, received: got }) => `${name} ${got} of ${expected}`).join(', '),
  ];
}

/** Ids that are known of what is missing. */
const missingLines = ({ integration, sender, unproven, consumers }: Numbers): string[] => [
  ...(sender?.missing ?? []).map(id => `  ${integration}: the sender has ${id}, which never came`),
  ...unproven.flatMap(({ unit, missing }) => [
    ...wrapped(`  ${unit}`),
    ...missing.map(id => `    not on the bus: ${id}`),
  ]),
  ...consumers.flatMap(({ name, missing }) => missing.map(id => `  ${name} did not report ${id}`)),
];
