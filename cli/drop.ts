import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { matchDataName } from '#adapters/file-lane/core/file/data-name.ts';
import { isFault } from '#adapters/file-lane/core/file/file-fault.ts';
import { announcingName, matchName } from '#adapters/file-lane/core/file/name.ts';
import { loadContracts, ofKind } from '#infra/contracts.ts';
import type { LaneDescription } from '#local/cloud-description.ts';
import { Cloud, type HandoffLine, readCloud } from './demo/cloud.ts';
import { outcomeTable } from './demo/outcome-table.ts';
import { waitSettled } from './demo/wait-settled.ts';

type Delivery = FileLane['delivery'];

/**
 * `npm run drop -- <lane> <file> [<name>]`: drops a local file into a lane of the running local cloud, with its checksum
 * where the lane waits for one, and shows what became of it.
 */

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
  const delivery = await deliveryOf(laneId);
  const known = new Set((await cloud.handoffs()).map(handoff => handoff.id));
  const begun = Date.now();
  await cloud.drop(lane, file, name);
  const announced = announcedBy(delivery, name);
  if (announced && delivery.startsOn === 'manifest')
    return console.log(manifestStep(laneId, name, announced));
  if (announced) await dropSidecar(cloud, lane, file, announced);
  const dataName = dataNameOf(delivery, name);
  const handoff = await settled(cloud, lane.inPrefix + dataName, known, announced ?? name, delivery);
  console.log(outcomeTable([{ lane: laneId, file: dataName, handoff, milliseconds: Date.now() - begun }]));
  console.log(JSON.stringify(await cloud.acknowledgement(lane, dataName), null, 2));
}

async function deliveryOf(laneId: string): Promise<Delivery> {
  const lanes = ofKind(await loadContracts(), 'file-lane');
  const contract = lanes.find(({ id }) => id === laneId);
  if (!contract) throw new Error(`integrations/${laneId}/contract.ts is gone; run \`npm start\` again`);
  return contract.delivery;
}

/** Name of the sidecar or manifest that a data file waits for. */
function announcedBy(delivery: Delivery, name: string): string | undefined {
  if (delivery.startsOn === 'data' || isFault(matchDataName(delivery, name))) return undefined;
  return announcingName(delivery.startsOn, name);
}

const manifestStep = (laneId: string, name: string, manifest: string): string =>
  `${name} is dropped. Work on it begins with its manifest, which must be dropped too:\n  npm run drop -- ${laneId} <manifest> ${manifest}`;

/** As `sha256sum` writes it, without a name: the file may be dropped under another than its own. */
async function dropSidecar(cloud: Cloud, lane: LaneDescription, file: string, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-adapters-'));
  try {
    const sidecar = join(folder, 'sidecar');
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    await writeFile(sidecar, `${sha256}\n`);
    await cloud.drop(lane, sidecar, name);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Whose hand-off a drop is: a sidecar or manifest is dropped for its data file. */
function dataNameOf(delivery: Delivery, name: string): string {
  const match = matchName(delivery, name);
  return 'dataKeyName' in match ? match.dataKeyName : name;
}

/** @throws Error that says what is awaited, when the hand-off is not settled in time. */
async function settled(
  cloud: Cloud,
  key: string,
  known: ReadonlySet<string>,
  lastName: string,
  delivery: Delivery,
): Promise<HandoffLine> {
  let seen: HandoffLine | undefined;
  const see = (handoff: HandoffLine) => {
    seen = handoff;
  };
  try {
    return await waitSettled(cloud, key, known, see);
  } catch (cause) {
    const match = matchName(delivery, lastName);
    const reason = 'reason' in match ? match.reason : 'no work on it has begun';
    const awaited = seen ? `its hand-off ${seen.id} is "${seen.state}"` : reason;
    throw new Error(`${(cause as Error).message}: ${awaited}`, { cause });
  }
}
