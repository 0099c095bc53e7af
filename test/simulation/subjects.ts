import { laneMarks } from './file-lane/marks.ts';
import { LaneWorld } from './file-lane/world.ts';
import type { Subject } from './shared/campaign.ts';

/** What can be simulated. */
export const subjects: readonly Subject[] = [
  { name: 'file-lane', make: options => new LaneWorld(options), marks: Object.keys(laneMarks) },
];
