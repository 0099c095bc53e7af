import type { Fault } from '#shared/contract/fault.ts';
import type { Columns } from '#shared/contract/field.ts';
import type { Dialect } from '../../contract/file-format.ts';
import {
  ambiguousColumn,
  type ColumnMatch,
  missingColumns,
  unreadableHeader,
  wrongDelimiter,
} from './header-faults.ts';
import { type ColumnNames, columnNames, printable, sameLetters } from './header-names.ts';

/** Where the contract's columns are in each record. */
export interface ResolvedHeader {
  /** Position of each contract column, in the contract's order. */
  readonly columnsAt: readonly number[];
  /** Fields that each record must have. */
  readonly width: number;
  /** Headers that the contract does not name, trimmed and cut to a printable length. */
  readonly ignored: readonly string[];
}

/** What a lane's contract says of the header. */
interface HeaderContract {
  readonly columns: Columns;
  readonly dialect: Pick<Dialect, 'header' | 'delimiter'>;
}

/**
 * Finds the contract's columns in the file's first record: by name or alias, trimmed, in any order; with other capitals
 * only where no header has the exact name and just one header and one column can be meant. `line` is where the header
 * stands. Without a header, columns are in the contract's order and `fields` is not looked at.
 */
export function resolveHeader(
  fields: readonly string[],
  { columns, dialect }: HeaderContract,
  line = 1,
): ResolvedHeader | Fault {
  const agreed = columnNames(columns);
  if (dialect.header === 'none')
    return { columnsAt: agreed.map((_, i) => i), width: agreed.length, ignored: [] };
  const headers = fields.map(field => field.trim());
  const place = { line };
  const { delimiter } = dialect;
  const unreadable =
    unreadableHeader(headers, place) ?? wrongDelimiter(headers, { columns: agreed, delimiter }, place);
  if (unreadable) return unreadable;
  const matches = agreed.map(column => matchOf(column, headers, agreed));
  const problem = ambiguousColumn(matches, place) ?? missingColumns(headers, matches, place);
  if (problem) return problem;
  const columnsAt = matches.flatMap(match => match.headers.map(({ at }) => at));
  const named = new Set(columnsAt);
  const ignored = headers.filter((_, i) => !named.has(i)).map(printable);
  return { columnsAt, width: headers.length, ignored };
}

/** The headers that can be meant for a column; more than one is ambiguous. */
function matchOf(
  column: ColumnNames,
  headers: readonly string[],
  agreed: readonly ColumnNames[],
): ColumnMatch {
  const exact = headersWhere(headers, header => column.spellings.includes(header));
  if (exact.length > 0) return { column, headers: exact };
  const others = agreed.filter(other => other !== column);
  const similar = headersWhere(
    headers,
    header => sameLetters(column, header) && !others.some(other => sameLetters(other, header)),
  );
  return { column, headers: similar };
}

const headersWhere = (
  headers: readonly string[],
  isMeant: (header: string) => boolean,
): ColumnMatch['headers'] => headers.flatMap((text, at) => (isMeant(text) ? [{ text, at }] : []));
