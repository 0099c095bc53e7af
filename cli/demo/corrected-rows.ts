import { dialectOf } from '#adapters/file-lane/contract/file-format.ts';
import { fixedTable } from '#adapters/file-lane/core/correction/fixed-table.ts';
import { csvLine } from '#adapters/file-lane/core/csv/write.ts';
import { isFault } from '#shared/contract/fault.ts';
import type { Correction } from './file-sample-shape.ts';

/** A file of rejected rows with the cells that a sample corrects; its other rows are left out. @throws Error when it cannot be read. */
export function correctedRows(rejected: Uint8Array, cells: Correction['cells']): string {
  const table = fixedTable(rejected, dialectOf());
  if (isFault(table)) throw new Error(`${table.code}: ${table.detail}`);
  const { columns, rows } = table;
  const lineAt = columns.indexOf('fault_line');
  const corrected = rows.flatMap(row => {
    if (isFault(row.cells)) return [];
    const changes = cells.filter(({ line }) => !isFault(row.cells) && String(line) === row.cells[lineAt]);
    if (changes.length === 0) return [];
    const found = changes.map(({ column, value }) => [columns.indexOf(column), value] as const);
    return [row.cells.map((cell, at) => found.find(([changed]) => changed === at)?.[1] ?? cell)];
  });
  return [columns, ...corrected].map(fields => csvLine(fields)).join('');
}
