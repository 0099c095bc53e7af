import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import type { Stage } from '../stage.ts';

/** What every part of a lane's stack needs. */
export interface LaneProps {
  readonly lane: FileLane;
  readonly stage: Stage;
}
