import pc from 'picocolors';
import { type Outcome, outcomes } from '#shared/core/outcome/tally.ts';
import type { HandoffLine } from './cloud.ts';
import { fittedTable } from './fitted-table.ts';

/** One file on its way, as the table shows it. */
export interface FileLine {
  readonly lane: string;
  readonly file: string;
  handoff?: HandoffLine;
  milliseconds?: number;
  /** How it differs from what its sample says; undefined until it is settled. */
  differences?: readonly string[];
}

const columns = ['lane', 'file', 'state', 'received', ...outcomes, 'books', 'time', 'as expected'];
const numeric = new Set<string>(['received', ...outcomes, 'time']);
const optional = new Set<string>(['rejected', 'skipped', 'books']);

/** The table of every file's way. */
export const outcomeTable = (lines: readonly FileLine[]): string =>
  fittedTable({ columns, numeric, optional, rows: lines.map(cellsOf) });

function cellsOf({ lane, file, handoff, milliseconds, differences }: FileLine): string[] {
  const tally = handoff?.tally;
  const counts = ['received', ...outcomes].map(name => (tally ? dim(tally[name] ?? 0, name as Outcome) : ''));
  return [
    lane,
    file,
    handoff ? coloured(handoff.state) : pc.dim('dropped'),
    ...counts,
    tally ? (sums(tally) ? 'balance' : pc.red('UNBALANCED')) : '',
    milliseconds === undefined ? '' : `${milliseconds} ms`,
    differences === undefined ? '' : differences.length === 0 ? pc.green('yes') : pc.red('no'),
  ];
}

const dim = (count: number, name: Outcome): string => {
  if (count === 0) return pc.dim('0');
  return name === 'quarantined' || name === 'rejected' ? pc.yellow(String(count)) : String(count);
};

const sums = (tally: Readonly<Record<string, number>>): boolean =>
  tally.received === outcomes.reduce((sum, outcome) => sum + (tally[outcome] ?? 0), 0);

const colours: Readonly<Record<string, (text: string) => string>> = {
  complete: pc.green,
  duplicate: pc.cyan,
  partial: pc.yellow,
  rejected: pc.yellow,
  unbalanced: pc.red,
};

const coloured = (state: string): string => (colours[state] ?? pc.dim)(state);
