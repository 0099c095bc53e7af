import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';

/** Rows under named columns. */
export interface Grid {
  readonly columns: readonly string[];
  readonly numeric: ReadonlySet<string>;
  /** Columns that may be left out when none of their cells says anything. */
  readonly optional?: ReadonlySet<string>;
  /** Columns that are never cut: what is in them is typed in the next command. */
  readonly whole?: ReadonlySet<string>;
  /** Columns that are left out before text is cut. Default: times of the samples. */
  readonly spare?: ReadonlySet<string>;
  readonly rows: readonly (readonly string[])[];
}

const times: ReadonlySet<string> = new Set(['time']);

/** What a cell holds that says nothing of its own, next to the columns that stay. */
const silent = new Set(['', '0', 'balance']);

/** Of headings that are wider than their cells. */
const shortHeads: Readonly<Record<string, string>> = {
  'as expected': 'ok',
  received: 'rec.',
  published: 'publ.',
  duplicate: 'dup.',
  quarantined: 'quar.',
  rejected: 'rej.',
  skipped: 'skip.',
};

/** A cell is not cut below this many characters. */
const cellCharactersMin = 8;

/**
 * A table that fits `width` characters: all of it, else without the optional columns that say nothing, else without padding
 * and with short headings, else without the columns that it can spare and with long text cut. Default: the terminal's width; all of it where there is none.
 */
export function fittedTable(grid: Grid, width = process.stdout.columns || Number.POSITIVE_INFINITY): string {
  const whole = drawn(grid);
  if (widthOf(whole) <= width) return whole;
  const telling = withoutSilent(grid);
  const spacious = drawn(telling);
  if (widthOf(spacious) <= width) return spacious;
  const isTight = widthOf(drawn(telling, true)) <= width;
  const { spare = times } = telling;
  return cutToFit(isTight ? telling : keepColumns(telling, column => !spare.has(column)), width);
}

/** Cuts the longest text until the table fits. */
function cutToFit(grid: Grid, width: number): string {
  const tight = drawn(grid, true);
  const longest = grid.columns
    .map((column, at) => ({ at, length: isCut(grid, column) ? longestIn(grid, at) : 0 }))
    .reduce((a, b) => (b.length > a.length ? b : a));
  if (widthOf(tight) <= width || longest.length <= cellCharactersMin) return tight;
  const rows = grid.rows.map(row =>
    row.map((cell, at) => (at === longest.at ? cut(cell, longest.length - 1) : cell)),
  );
  return cutToFit({ ...grid, rows }, width);
}

const isCut = ({ numeric, whole }: Grid, column: string): boolean =>
  !numeric.has(column) && !whole?.has(column);

/** Coloured cells are short words, and stay. */
const longestIn = ({ rows }: Grid, at: number): number =>
  Math.max(0, ...rows.map(row => (isPlain(row[at] ?? '') ? (row[at] ?? '').length : 0)));

const isPlain = (cell: string): boolean => stripVTControlCharacters(cell) === cell;

/** The end of a name tells more than its middle. */
function cut(cell: string, length: number): string {
  if (cell.length <= length || !isPlain(cell)) return cell;
  const whole = cell.replace('…', '');
  const head = Math.ceil((length - 1) / 2);
  return `${whole.slice(0, head)}…${whole.slice(whole.length - (length - 1 - head))}`;
}

function drawn({ columns, numeric, rows }: Grid, isTight = false): string {
  const table = new Table({
    head: columns.map(column => (isTight ? (shortHeads[column] ?? column) : column)),
    colAligns: columns.map(column => (numeric.has(column) ? 'right' : 'left')),
    style: {
      head: [],
      border: [],
      compact: true,
      ...(isTight ? { 'padding-left': 0, 'padding-right': 0 } : {}),
    },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}

function withoutSilent(grid: Grid): Grid {
  return keepColumns(
    grid,
    (column, at) =>
      !grid.optional?.has(column) ||
      !grid.rows.every(row => silent.has(stripVTControlCharacters(row[at] ?? ''))),
  );
}

function keepColumns(grid: Grid, isKept: (column: string, at: number) => boolean): Grid {
  const kept = grid.columns.map(isKept);
  return {
    ...grid,
    columns: grid.columns.filter((_, at) => kept[at]),
    rows: grid.rows.map(row => row.filter((_, at) => kept[at])),
  };
}

const widthOf = (table: string): number =>
  Math.max(...table.split('\n').map(line => stripVTControlCharacters(line).length));
