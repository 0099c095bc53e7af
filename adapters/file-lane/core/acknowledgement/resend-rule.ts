import type { FileLane } from '../../contract/file-lane.ts';
import { fixedPrefix } from '../outcome/prefixes.ts';

/** What a partner sends after some rows of a file were quarantined and the others published. */
export function resendRule(lane: Pick<FileLane, 'duplicates' | 'delivery'>): string {
  const corrected = `Correct the rows in the .rejected.csv, keep its column fault_id, and drop that file under ${fixedPrefix(lane)}.`;
  return lane.duplicates === 'row'
    ? `${corrected} Or send the whole file again: rows that were published before are duplicates.`
    : `${corrected} Do not send the whole file again: rows that were published before would be published again.`;
}
