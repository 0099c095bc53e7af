import type { FileLane } from '../../contract/file-lane.ts';

type Folder = { readonly delivery: Pick<FileLane['delivery'], 'folder'> };

/** Where, in the inbound bucket, a partner drops files. */
export const inPrefix = ({ delivery }: Folder): string => `${delivery.folder}/in/`;

/** Where a partner drops files of rejected rows that it has corrected. */
export const fixedPrefix = ({ delivery }: Folder): string => `${delivery.folder}/fixed/`;

/** Where, in the inbound bucket, a partner finds its answers. */
export const ackPrefix = ({ delivery }: Folder): string => `${delivery.folder}/ack/`;

/** The part of a dropped object's key that the partner named. */
export function fileNameOf(lane: Folder, key: string): string {
  const prefix = isFixed(lane, key) ? fixedPrefix(lane) : inPrefix(lane);
  return key.slice(prefix.length);
}

/** Whether an object was dropped as a file of corrected rows. */
export const isFixed = (lane: Folder, key: string): boolean => key.startsWith(fixedPrefix(lane));
