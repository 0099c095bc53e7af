import { csvLine } from '../csv/write.ts';
import type { QuarantinedRow } from './quarantine-line.ts';

const header = ['line', 'column', 'code', 'problem', 'remedy', 'row'];

/**
 * The quarantined rows as a CSV that a partner can read: where, what, how to mend it, and the row itself. RFC 4180, UTF-8.
 * Column, code and remedy are of the first fault; the problem names all.
 */
export async function* rejectedRowsCsv(rows: AsyncIterable<QuarantinedRow>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(header));
  for await (const row of rows) {
    const { line, column, code, remedy, raw } = row;
    const cells = [String(line), column ?? '', code, problemOf(row), remedy, raw];
    yield Buffer.from(csvLine(cells.map(asText)));
  }
}

const problemOf = ({ detail, others }: QuarantinedRow): string =>
  [detail, ...others.map(other => (other.column ? `${other.column}: ${other.detail}` : other.detail))].join(
    '; ',
  );

/**
 * A cell that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection). The apostrophe
 * alters the cell, so this is for files that only people read: the JSON Lines keep the row as it came.
 */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
