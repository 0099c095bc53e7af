import { isFault } from '#shared/contract/fault.ts';
import type { Inspection } from '../core/outcome/handoff.ts';
import { headerOf } from './header-of.ts';
import { type Work, WorkStopped } from './work.ts';

/** Where the columns are in each record. */
export type ColumnsFound = Pick<Inspection, 'columnsAt' | 'width'>;

/**
 * Where the columns of this contract are in the file. A contract that was deployed since the file was inspected may have others, or
 * another order: then the header is read again. See docs/decisions/0091-which-functions-run-in-two-versions.md.
 * @throws WorkStopped when the header does not fit this contract: another version of the function may go on.
 */
export async function columnsNow(work: Work, inspection: Inspection): Promise<ColumnsFound> {
  const now = Object.keys(work.lane.columns);
  const { columns = now } = inspection;
  if (columns.length === now.length && columns.every((column, i) => column === now[i])) return inspection;
  const header = await headerOf(work, inspection);
  if (isFault(header)) throw new WorkStopped(header);
  return header;
}
