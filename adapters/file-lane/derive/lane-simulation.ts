import type { SimulationCase } from '#shared/contract/simulation-case.ts';
import type { FileLane } from '../contract/file-lane.ts';

/** How a drop ends: the file's state with its counts, or the code of why nothing began. */
export interface FileEnd {
  readonly state: 'complete' | 'partial' | 'rejected' | 'duplicate' | 'refused';
  readonly published?: number | undefined;
  readonly quarantined?: number | undefined;
  /** Of the file, of its first bad row, or of the refusal. */
  readonly code?: string | undefined;
}

/** One file of a simulated partner. */
export interface SimulatedDrop {
  /** Drops of one case with the same number are the same file, under the same name. A higher number has a later period. */
  readonly file: number;
  /** `no-key`: its header lacks a column of the key. `empty`: no bytes. `cut`: its last row ends after the first field. */
  readonly change?: 'no-key' | 'empty' | 'cut';
  /** Its name follows another convention. */
  readonly isMisnamed?: true;
  /**
   * `slow`: the upload takes a while, and nothing may begin before its end. `late-announcement`: the sidecar or manifest comes after a
   * while. `broken-off`: the upload never ends. `stranger`: by somebody without permissions.
   */
  readonly manner?: 'slow' | 'late-announcement' | 'broken-off' | 'stranger';
  /** Each of these is right. None: nothing arrived. */
  readonly expected: readonly FileEnd[];
}

export interface LaneSimulation {
  readonly name: SimulationCase;
  /** What the partner does, for people. */
  readonly about: string;
  readonly drops: readonly SimulatedDrop[];
}

/** What a good file of the lane comes to. */
export interface GoodFile {
  readonly rows: number;
  readonly published: number;
}

type SimulatedLane = Pick<FileLane, 'delivery' | 'dialect' | 'maxInvalidShare' | 'columns'>;

/** A partner's good and bad days, from the contract and a good file. */
export function laneSimulations(lane: SimulatedLane, good: GoodFile): readonly LaneSimulation[] {
  const { startsOn } = lane.delivery;
  const sound: SimulatedDrop = { file: 0, expected: [{ state: 'complete', published: good.published }] };
  const ends = (code: string): readonly FileEnd[] => [{ state: 'rejected', published: 0, code }];
  return [
    { name: 'success', about: 'drops a good file', drops: [sound] },
    lane.dialect.header === 'by-name'
      ? {
          ...{ name: 'rejection', about: 'drops a file without a column of the key' },
          drops: [{ ...sound, change: 'no-key', expected: ends('MISSING_COLUMN') }],
        }
      : {
          ...{ name: 'rejection', about: 'drops an empty file' },
          drops: [{ ...sound, change: 'empty', expected: ends('EMPTY_FILE') }],
        },
    startsOn === 'data'
      ? { name: 'delay', about: 'uploads slowly', drops: [{ ...sound, manner: 'slow' }] }
      : {
          ...{ name: 'delay', about: `drops the ${startsOn} later than its file` },
          drops: [{ ...sound, manner: 'late-announcement' }],
        },
    {
      ...{ name: 'timeout', about: 'breaks an upload off, then drops the file again' },
      drops: [{ ...sound, manner: 'broken-off', expected: [] }, sound],
    },
    {
      ...{ name: 'duplicate', about: 'drops one file twice' },
      drops: [sound, { ...sound, expected: [{ state: 'duplicate', published: 0 }] }],
    },
    {
      ...{ name: 'reordering', about: 'drops the file of the later period first' },
      drops: [{ ...sound, file: 1 }, sound],
    },
    ...cut(lane, good, sound),
    {
      ...{ name: 'unauthorised', about: 'drops a file without permission' },
      drops: [{ ...sound, manner: 'stranger', expected: [{ state: 'refused', code: 'AccessDenied' }] }],
    },
    {
      ...{ name: 'unknown', about: 'drops a file whose name the contract does not know' },
      drops: [{ ...sound, isMisnamed: true, expected: ends('NAME_OUTSIDE_CONVENTION') }],
    },
  ];
}

/** A row of one column cannot be cut. */
function cut(
  { maxInvalidShare, columns, dialect }: SimulatedLane,
  { rows, published }: GoodFile,
  sound: SimulatedDrop,
): readonly LaneSimulation[] {
  if (Object.keys(columns).length < 2) return [];
  const isTolerated = 1 <= maxInvalidShare * rows;
  const rejected = (code: string): FileEnd => ({ state: 'rejected', published: 0, code });
  const expected: readonly FileEnd[] = isTolerated
    ? [{ state: 'partial', published: published - 1, quarantined: 1, code: 'RAGGED_ROW' }]
    : [rejected('TOO_MANY_INVALID_ROWS')];
  // The sum of a trailer is of a cell that is cut off.
  const others = dialect.trailer?.totals ? [rejected('CONTROL_TOTAL_MISMATCH')] : [];
  const drops: readonly SimulatedDrop[] = [{ ...sound, change: 'cut', expected: [...expected, ...others] }];
  return [{ name: 'malformed', about: 'drops a file whose last row is cut', drops }];
}
