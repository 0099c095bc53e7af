import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { ackPrefix, fixedPrefix, inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';

/** Where, in the inbound bucket, a partner drops files and corrected rows, and finds its answers. */
export const prefixesOf = (lane: FileLane) => ({
  inPrefix: inPrefix(lane),
  fixedPrefix: fixedPrefix(lane),
  ackPrefix: ackPrefix(lane),
});
