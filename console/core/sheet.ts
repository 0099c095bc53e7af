import type { CheckedRow, FixedRows, RowFault, SheetInfo, SheetRow } from '#cli/console/sheet-info.ts';
import { counted } from './words.ts';

/** A row of the sheet as it is being corrected. */
export interface EditedRow {
  readonly cells: readonly string[];
  /** What the contract says of it. Undefined: it is being checked. */
  readonly checked?: CheckedRow | undefined;
  /** Why it could not be checked. */
  readonly problem?: string | undefined;
}

/** Rows that were changed, by their number in the sheet. */
export type Edits = ReadonlyMap<number, EditedRow>;

export type RowState = 'faulty' | 'checking' | 'unchecked' | 'good' | 'skipped';

export function rowState(edit: EditedRow | undefined): RowState {
  if (!edit) return 'faulty';
  if (!edit.checked) return edit.problem === undefined ? 'checking' : 'unchecked';
  if (edit.checked.faults.length > 0) return 'faulty';
  return edit.checked.skipped === undefined ? 'good' : 'skipped';
}

/** The faults of a row: those that the file had, or those that its correction has. */
export function faultsOf(row: SheetRow, edit: EditedRow | undefined): readonly RowFault[] {
  if (!edit?.checked)
    return [{ column: row.column || undefined, code: row.code, detail: row.problem, remedy: row.remedy }];
  return edit.checked.faults;
}

export const isAtFault = (row: SheetRow, edit: EditedRow | undefined, column: string): boolean =>
  faultsOf(row, edit).some(fault => fault.column === column);

/** The row with one cell changed. A row that could not be split gets empty cells. */
export function changed(
  sheet: SheetInfo,
  edits: Edits,
  { row, column, text }: { readonly row: number; readonly column: number; readonly text: string },
): Edits {
  const before = edits.get(row)?.cells ?? sheet.rows[row]?.cells ?? [];
  const cells = sheet.columns.map((_, at) => (at === column ? text : (before[at] ?? '')));
  return new Map(edits).set(row, { cells });
}

/** Rows of a file that was corrected elsewhere, found again by their ids. A row that the file did not change stays as it is. */
export function withFixed(sheet: SheetInfo, edits: Edits, { rows }: FixedRows): Edits {
  const places = new Map(sheet.rows.map(({ id }, row) => [id, row]));
  const next = new Map(edits);
  for (const { id, cells } of rows) {
    const row = places.get(id);
    if (row === undefined) continue;
    const before = edits.get(row)?.cells ?? sheet.rows[row]?.cells ?? [];
    const merged = cells.map((cell, at) => cell ?? before[at] ?? '');
    if (merged.some((cell, at) => cell !== (before[at] ?? ''))) next.set(row, { cells: merged });
  }
  return next;
}

const linesNamed = 10;

/** What became of a file that was corrected elsewhere: each of its rows is taken, of another sheet, or cannot be read. */
export function fixedInWords({ rows: own }: SheetInfo, { rows, unread }: FixedRows): string {
  const ids = new Set(own.map(({ id }) => id));
  const taken = rows.filter(({ id }) => ids.has(id)).length;
  const others = rows.length - taken;
  const lines = unread.slice(0, linesNamed).join(', ') + (unread.length > linesNamed ? ', …' : '');
  return [
    `${counted(taken, ['row', 'rows'])} of the file found in this sheet.`,
    ...(others > 0
      ? [`${counted(others, ['row is', 'rows are'])} not of this sheet: look at fault_id.`]
      : []),
    ...(unread.length > 0
      ? [`${counted(unread.length, ['line', 'lines'])} could not be split into columns: ${lines}.`]
      : []),
  ].join(' ');
}

/** What the contract said, kept where the row was not changed meanwhile. */
export function withChecks(edits: Edits, asked: Edits, rows: readonly CheckedRow[]): Edits {
  const next = new Map(edits);
  for (const [n, [row, edit]] of [...asked].entries())
    if (edits.get(row) === edit) next.set(row, { ...edit, checked: rows[n] });
  return next;
}

/** That rows could not be checked, where they were not changed meanwhile. */
export function withProblem(edits: Edits, asked: Edits, problem: string): Edits {
  const next = new Map(edits);
  for (const [row, edit] of asked) if (edits.get(row) === edit) next.set(row, { ...edit, problem });
  return next;
}

/** Rows that could not be checked are to be checked again. */
export const checkedAgain = (edits: Edits): Edits =>
  new Map([...edits].map(([row, { problem: _, ...edit }]) => [row, edit]));
