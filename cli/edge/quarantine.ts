import type { QuarantinedUnit } from '#operate/core/shapes/quarantine.ts';
import { wrapped } from '../wrap.ts';
import { type Command, nextLine, pageOptions } from './command.ts';

export const quarantine: Command = {
  summary: 'Quarantined rows, requests and changes',
  takes: ['integration'],
  options: {
    code: { value: '<code>', meaning: 'only with this fault, such as NOT_A_DATE' },
    id: { value: '<id>', meaning: 'only of this hand-off, correlation id or number' },
    ...pageOptions,
  },
  examples: [
    'npm run edge -- quarantine acme-orders',
    'npm run edge -- quarantine acme-orders --code NOT_A_DATE --limit 100',
  ],
  async run(api, { given: [integration = ''], options }) {
    const page = await api.ask('listQuarantine', { integration, ...options });
    return { json: page, text: textOf(page.units) + nextLine(page.next) };
  },
};

function textOf(units: readonly QuarantinedUnit[]): string {
  if (units.length === 0) return 'Nothing on this page.';
  const remedies = new Map(units.map(({ code, remedy }) => [code, remedy]));
  const objects = [...new Set(units.map(({ object }) => object))];
  return [
    ...units.flatMap(unitLines),
    '',
    ...[...remedies].flatMap(([code, remedy]) => wrapped(`${code}: ${remedy}`)),
    '',
    'In the quarantine bucket:',
    ...objects.map(object => `  ${object}`),
  ].join('\n');
}

const codeWidth = 22;

const unitLines = ({ code, place, column, detail }: QuarantinedUnit): string[] => [
  `${code.padEnd(codeWidth)}${column ? `${place}, ${column}` : place}`,
  ...wrapped(detail, ' '.repeat(codeWidth)),
];
