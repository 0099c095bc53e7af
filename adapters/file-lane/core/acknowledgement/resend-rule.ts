import type { FileLane } from '../../contract/file-lane.ts';

/** What a partner sends after some rows of a file were quarantined and the others published. */
export const resendRule = ({ duplicates }: Pick<FileLane, 'duplicates'>): string =>
  duplicates === 'row'
    ? 'Correct the rows that rejectedRows names and send them, or the whole file: rows that were published before are duplicates.'
    : 'Correct the rows that rejectedRows names and send only these rows. Rows that were published before would be published again.';
