import type { Chunk } from '../outcome/handoff.ts';

/** Where the parts of a hand-off's quarantined rows lie, in the quarantine bucket. */
export const partsPrefix = (laneId: string, handoffId: string): string => `${laneId}/${handoffId}/parts/`;

/** Below that: a part of a chunk, by its short name. */
export const partFile = ({ pass, n }: Pick<Chunk, 'pass' | 'n'>, part: string): string =>
  `${pass}-${n}-${part}.jsonl`;
