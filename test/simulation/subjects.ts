import './shared/synchronous-inflate.ts';

import { feedMarks } from './cdc-feed/marks.ts';
import { FeedWorld } from './cdc-feed/world.ts';
import { laneMarks, worldMarks } from './file-lane/marks.ts';
import { LaneWorld } from './file-lane/world.ts';
import { operateMarks } from './operate/marks.ts';
import { OperateWorld } from './operate/world.ts';
import type { Subject } from './shared/campaign.ts';
import { fenceMarks } from './webhook-fence/marks.ts';
import { FenceWorld } from './webhook-fence/world.ts';

/** What can be simulated. */
export const subjects: readonly Subject[] = [
  {
    name: 'file-lane',
    make: options => new LaneWorld(options),
    marks: [...Object.keys(laneMarks), ...worldMarks],
  },
  { name: 'webhook-fence', make: options => new FenceWorld(options), marks: Object.keys(fenceMarks) },
  { name: 'cdc-feed', make: options => new FeedWorld(options), marks: Object.keys(feedMarks) },
  { name: 'operate', make: options => new OperateWorld(options), marks: Object.keys(operateMarks) },
];
