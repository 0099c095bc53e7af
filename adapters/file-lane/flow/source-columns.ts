import { type Fault, isFault } from '#shared/contract/fault.ts';
import type { Inspection } from '../core/outcome/handoff.ts';
import { columnNamesOf } from '../core/quarantine/rejected-rows-csv.ts';
import { headerOf } from './header-of.ts';
import type { Work } from './work.ts';

/**
 * The columns of a file that was worked on before, in its order, by the names that the contract has for them now. @throws
 * ObjectGone when the file is not kept any more.
 */
export async function sourceColumns(work: Work, inspection: Inspection): Promise<readonly string[] | Fault> {
  const header = await headerOf(work, inspection);
  return isFault(header) ? header : columnNamesOf(work.lane, { ...header, ignoredColumns: header.ignored });
}
