import pc from 'picocolors';
import { fittedTable } from './fitted-table.ts';
import type { Told } from './send-request.ts';

/** One request, as the table shows it. */
export interface RequestLine {
  readonly fence: string;
  readonly request: string;
  told?: Told;
  /** How it differs from what its sample says; undefined until it is answered. */
  differences?: readonly string[];
}

const columns = ['fence', 'request', 'answer', 'outcome', 'why', 'time', 'as expected'];
const numeric = new Set(['answer', 'time']);

/** The table of every request's end. */
export function requestTable(lines: readonly RequestLine[]): string {
  const byFence = [...lines].sort((a, b) => a.fence.localeCompare(b.fence));
  return fittedTable({ columns, numeric, rows: byFence.map(cellsOf) });
}

const cellsOf = ({ fence, request, told, differences }: RequestLine): string[] => [
  fence,
  request,
  told ? String(told.status) : '',
  told ? (colours[told.outcome] ?? pc.red)(told.outcome) : pc.dim('sent'),
  told?.code ?? '',
  told ? `${told.milliseconds} ms` : '',
  differences === undefined ? '' : differences.length === 0 ? pc.green('yes') : pc.red('no'),
];

const colours: Readonly<Record<string, (text: string) => string>> = {
  published: pc.green,
  duplicate: pc.cyan,
  quarantined: pc.yellow,
  rejected: pc.yellow,
  skipped: pc.dim,
};
