import { basename } from 'node:path';
import { Cloud, readCloud } from './demo/cloud.ts';
import { outcomeTable } from './demo/outcome-table.ts';
import { waitSettled } from './demo/wait-settled.ts';

/** `npm run drop -- <lane> <file> [<name>]`: drops a local file into a lane of the running local cloud and shows what became of it. */

const [laneId, file, name = file && basename(file)] = process.argv.slice(2);
try {
  if (!laneId || !file || !name)
    throw new Error('usage: npm run drop -- <lane> <file> [<name to drop it under>]');
  await drop(laneId, file, name);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function drop(laneId: string, file: string, name: string): Promise<void> {
  const cloud = new Cloud(readCloud());
  const lane = cloud.lane(laneId);
  const known = new Set((await cloud.handoffs()).map(handoff => handoff.id));
  const begun = Date.now();
  await cloud.drop(lane, file, name);
  const handoff = await waitSettled(cloud, lane.inPrefix + name, known, () => {});
  console.log(outcomeTable([{ lane: laneId, file: name, handoff, milliseconds: Date.now() - begun }]));
  console.log(JSON.stringify(await cloud.acknowledgement(lane, name), null, 2));
}
