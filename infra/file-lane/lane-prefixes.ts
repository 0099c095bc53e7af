import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';

/** Where, in the inbound bucket, a partner drops files and finds its answers. */
export const prefixesOf = ({ delivery: { folder } }: FileLane) => ({
  inPrefix: `${folder}/in/`,
  ackPrefix: `${folder}/ack/`,
});
