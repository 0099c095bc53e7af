import type { FileLane } from '../contract/file-lane.ts';
import type { Chunk } from '../core/outcome/handoff.ts';
import { partFile, partsPrefix } from '../core/quarantine/part-names.ts';

/** Where a lane keeps things: keys in the raw and quarantine buckets. */

/** The clean UTF-8 copy of a compressed or otherwise encoded file. */
export const stagedKey = (lane: FileLane, handoffId: string): string => `${lane.id}/${handoffId}/staged.csv`;

/**
 * Quarantined rows of one window. Its short name, which the checkpoint holds, is made of the window's first record and the
 * fencing token, so that a zombie never overwrites a counted part.
 */
export const partName = (chunk: Chunk, firstRecord: number): string => `${firstRecord}-${chunk.fencingToken}`;

/** All quarantined rows of a chunk that is done. */
export const wholePartName = ({ fencingToken }: Chunk): string => `all-${fencingToken}`;

export const partKey = (
  lane: FileLane,
  handoffId: string,
  chunk: Pick<Chunk, 'pass' | 'n'>,
  part: string,
): string => partsPrefix(lane.id, handoffId) + partFile(chunk, part);

export const reportKey = (lane: FileLane, handoffId: string, form: 'jsonl' | 'csv'): string =>
  `${lane.id}/${handoffId}/rows.${form}`;

/** A section of the report. */
export const sectionKey = (
  lane: FileLane,
  { handoffId, name }: { readonly handoffId: string; readonly name: string },
  form: 'jsonl' | 'csv',
): string => `${lane.id}/${handoffId}/sections/${name}.${form}`;
