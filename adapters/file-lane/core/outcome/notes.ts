import { limits } from '#shared/contract/limits.ts';

/** Rows that the answer tells of: how many, and the lines of the first. */
export interface NotedRows {
  readonly rows: number;
  readonly lines: readonly number[];
}

/** What the answer tells of a file's rows besides their outcomes. */
export interface Notes {
  /** Rows whose key an earlier row of the file has, too. Told within one chunk, and only where a key has no versions. */
  readonly repeatedKeys: NotedRows;
  /** By control-total column: rows whose amount could not be read and is missing from the sum. */
  readonly unreadAmounts: Readonly<Record<string, NotedRows>>;
  /** Corrections of rows that were published before with the same values. None in chunks that an older release began. */
  readonly correctedBefore?: NotedRows | undefined;
}

const noRows: NotedRows = { rows: 0, lines: [] };

export const noNotes: Notes = { repeatedKeys: noRows, unreadAmounts: {} };

export const notedRows = (lines: readonly number[]): NotedRows => ({
  rows: lines.length,
  lines: lines.slice(0, limits.notedLinesMax),
});

/** In the order of the file. */
export const addNotes = (...notes: readonly Notes[]): Notes => ({
  repeatedKeys: addRows(notes.map(({ repeatedKeys }) => repeatedKeys)),
  correctedBefore: addRows(notes.map(({ correctedBefore }) => correctedBefore ?? noRows)),
  unreadAmounts: Object.fromEntries(
    [...new Set(notes.flatMap(({ unreadAmounts }) => Object.keys(unreadAmounts)))].map(column => [
      column,
      addRows(notes.map(({ unreadAmounts }) => unreadAmounts[column] ?? noRows)),
    ]),
  ),
});

const addRows = (parts: readonly NotedRows[]): NotedRows => ({
  rows: parts.reduce((sum, { rows }) => sum + rows, 0),
  lines: parts.flatMap(({ lines }) => lines).slice(0, limits.notedLinesMax),
});

/** `line 3`, or `5 rows, in lines 3, 4 and more`. */
export function notedInWords({ rows, lines }: NotedRows): string {
  if (rows === 1) return `line ${lines[0]}`;
  return `${rows} rows, in lines ${lines.join(', ')}${rows > lines.length ? ' and more' : ''}`;
}
