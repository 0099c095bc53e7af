import { harmlessCell, restoredCell } from '../quarantine/harmless-cell.ts';
import { isRewriteOf, isScientific } from './spreadsheet-rewrite.ts';

/** Where a cell came back from. */
export interface SentCell {
  /** As it was in the file that it first came in; undefined where the row had no columns. */
  readonly original: string | undefined;
  /** Whether the cell was at fault. `unknown`: the fault was of the row as a whole. */
  readonly atFault: boolean | 'unknown';
}

/**
 * A cell of a corrected row. What was not at fault and looks as a spreadsheet writes it was changed by nobody, and is as it was
 * before. What was at fault is as the partner wrote it. Undefined: it may be either, or its digits are lost.
 */
export function returnedCell(cell: string, { original, atFault }: SentCell): string | undefined {
  if (original === undefined) return isScientific(cell) ? undefined : restoredCell(cell);
  if (cell === original || cell === harmlessCell(original)) return original;
  if (!isRewriteOf(restoredCell(cell), original)) return restoredCell(cell);
  if (atFault === 'unknown') return undefined;
  if (!atFault) return original;
  return isScientific(cell) ? undefined : restoredCell(cell);
}
