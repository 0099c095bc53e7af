import type { FileLane } from '../../contract/file-lane.ts';

type Folder = { readonly delivery: Pick<FileLane['delivery'], 'folder'> };

/** Where, in the inbound bucket, a partner drops files. */
export const inPrefix = ({ delivery }: Folder): string => `${delivery.folder}/in/`;

/** Where, in the inbound bucket, a partner finds its answers. */
export const ackPrefix = ({ delivery }: Folder): string => `${delivery.folder}/ack/`;

/** The part of a dropped object's key that the partner named. */
export const fileNameOf = (lane: Folder, key: string): string => key.slice(inPrefix(lane).length);
