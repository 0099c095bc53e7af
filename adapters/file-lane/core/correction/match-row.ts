import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import type { QuarantinedRow } from '../quarantine/quarantine-line.ts';
import type { FixedRow } from './fixed-table.ts';
import { returnedCell } from './returned-cell.ts';
import { type NamedRow, rowNamedBy } from './row-id.ts';
import { readableRaw, type StagedRow } from './staged-row.ts';

/** A quarantined row that a partner was asked to correct. */
export interface RejectedRow {
  readonly row: QuarantinedRow;
  /** Undefined where the row could not be split into its columns. */
  readonly cells: readonly string[] | undefined;
}

/** What the rows of one file of corrections are held against. */
export interface Corrections {
  /** Of the file that the rows first came in, in its order. */
  readonly columns: readonly string[];
  /** Of the file of corrections, by the same names. */
  readonly given: readonly string[];
  /** Whose rows they correct. */
  readonly handoffId: string;
  /** By record. */
  readonly rejected: ReadonlyMap<number, RejectedRow>;
}

/** The row as it is reprocessed: its cells restored, or why it corrects nothing. */
export function matchRow({ line, cells, raw }: FixedRow, corrections: Corrections): StagedRow {
  const { columns, given } = corrections;
  if (isFault(cells))
    return { cells: columns.map(() => ''), line, id: '', refusal: cells, raw: readableRaw(raw) };
  const cellOf = (name: string): string | undefined => cells[given.indexOf(name)];
  const id = cellOf('fault_id')?.trim() ?? '';
  const asGiven = columns.map(column => cellOf(column) ?? '');
  const found = rejectedRow(rowNamedBy(id), corrections);
  if (typeof found === 'string')
    return { cells: asGiven, line, id, refusal: fault('ROW_NOT_REJECTED', { line }, found) };
  const returned = columns.map((column, at) => returnedTo(found, { column, at }, cellOf(column)));
  const unclear = returned.indexOf(undefined);
  if (unclear < 0) return { cells: returned.map(cell => cell ?? ''), line, id };
  return { cells: asGiven, line, id, refusal: rewritten(itemAt(columns, unclear, 'column'), line) };
}

function rejectedRow(named: NamedRow | undefined, corrections: Corrections): RejectedRow | string {
  if (!named) return 'its fault_id is missing or was changed';
  if (named.handoffId !== corrections.handoffId)
    return 'its fault_id belongs to another file than that of the first row';
  return corrections.rejected.get(named.record) ?? 'its fault_id names a row that was not rejected';
}

/** A column that nobody reads may be missing: it is as it was. */
function returnedTo(
  { row, cells }: RejectedRow,
  { column, at }: { readonly column: string; readonly at: number },
  cell: string | undefined,
): string | undefined {
  const original = cells?.[at];
  return cell === undefined
    ? (original ?? '')
    : returnedCell(cell, { original, atFault: isAtFault(row, column) });
}

function isAtFault({ column, others }: QuarantinedRow, name: string): boolean | 'unknown' {
  const faulty = [column, ...others.map(other => other.column ?? null)];
  if (faulty.includes(name)) return true;
  return faulty.includes(null) ? 'unknown' : false;
}

const rewritten = (column: string, line: number): Fault =>
  fault(
    'CELL_REWRITTEN',
    { line, column },
    'a spreadsheet seems to have rewritten the value, e.g. without leading zeros, as another date or as 1.2E+15',
  );
