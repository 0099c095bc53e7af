import { CsvError, parse } from 'csv-parse/sync';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { type Columns, Refusal } from '#shared/contract/field.ts';
import type { Dialect, Trailer } from '../../contract/file-format.ts';
import { loneEscapesDoubled } from '../csv/lone-escapes.ts';
import { isDecimal } from './control-totals.ts';

/** What a trailer line says the file holds. */
export interface TrailerClaims {
  readonly records?: number | undefined;
  readonly totals: Readonly<Record<string, string>>;
}

/** What a lane's contract says of the trailer's fields. */
interface TrailerContract {
  readonly dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>;
  readonly columns?: Columns;
}

/**
 * Reads the trailer line, without its line end. A total is read as its column writes numbers (decimal comma, groups); of a
 * column that is not given, as a decimal with a point.
 */
export function parseTrailer(
  text: string,
  trailer: Trailer,
  { dialect, columns = {} }: TrailerContract,
): TrailerClaims | Fault {
  if (!text.startsWith(trailer.startsWith))
    return unreadable(`the last line does not begin with ${trailer.startsWith}`);
  const fields = fieldsOf(text, dialect);
  if (isFault(fields)) return fields;
  const records = trailer.records === undefined ? undefined : recordsIn(fields, trailer.records);
  if (typeof records === 'object') return records;
  const totals: Record<string, string> = {};
  for (const [column, field] of Object.entries(trailer.totals ?? {})) {
    const total = totalIn(fields, field, columns[column]);
    if (total === undefined) return unreadable(`field ${field} of the trailer holds no total of ${column}`);
    totals[column] = total;
  }
  return { records, totals };
}

const unreadable = (detail: string): Fault =>
  fault('MISSING_TRAILER', {}, detail, 'Send the file again complete, with the trailer line as agreed.');

function fieldsOf(
  text: string,
  dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>,
): readonly string[] | Fault {
  const { delimiter, quote } = dialect;
  try {
    const lines: string[][] = parse(loneEscapesDoubled(text, dialect), {
      delimiter,
      quote,
      escape: dialect.escape,
      relax_column_count: true,
    });
    const [only, ...more] = lines;
    return only && more.length === 0 ? only : unreadable('the trailer is more than one line');
  } catch (error) {
    if (error instanceof CsvError) return unreadable('the trailer line is not quoted as agreed');
    throw error;
  }
}

function recordsIn(fields: readonly string[], field: number): number | Fault {
  const text = fields[field - 1]?.trim() ?? '';
  const records = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(records)) return records;
  return unreadable(`field ${field} of the trailer holds no number of records`);
}

function totalIn(
  fields: readonly string[],
  field: number,
  column: Columns[string] | undefined,
): string | undefined {
  const text = fields[field - 1]?.trim() ?? '';
  const value = column ? column.read(text) : text;
  if (!(value instanceof Refusal)) return isDecimal(String(value)) ? String(value) : undefined;
  // A total may well lie outside the range that one row is held to.
  return value.code === 'OUT_OF_RANGE' ? withPoint(text) : undefined;
}

/** The last mark is the decimal mark; others set groups apart. */
function withPoint(text: string): string | undefined {
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const bare = (part: string) => part.replace(/[.,' ]/g, '');
  const plain = at < 0 ? bare(text) : `${bare(text.slice(0, at))}.${text.slice(at + 1)}`;
  return isDecimal(plain) ? plain : undefined;
}
