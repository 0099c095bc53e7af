import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { matchDataName } from '#adapters/file-lane/core/file/data-name.ts';
import { announcingName, matchName } from '#adapters/file-lane/core/file/name.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import type { LaneDescription } from '#local/cloud-description.ts';
import { isFault } from '#shared/contract/fault.ts';
import { Cloud, type HandoffLine, readCloud } from './demo/cloud.ts';
import { waitSettled } from './demo/wait-settled.ts';
import { outcomeLines, type ToldAck } from './drop/outcome-lines.ts';
import { type DropCall, readCall } from './drop/read-call.ts';

type Delivery = FileLane['delivery'];

/**
 * `npm run drop -- <lane> <file> [<name>] [--fixed] [--json]`: drops a local file into a lane of the running local cloud, with its checksum
 * where the lane waits for one, and shows what became of it. `--fixed`: the file holds corrected rows.
 */
async function drop({ laneId, file, name, json, fixed }: DropCall): Promise<void> {
  const cloud = new Cloud(readCloud());
  const lane = cloud.lane(laneId);
  const delivery = await deliveryOf(laneId);
  const known = new Set((await cloud.handoffs()).map(handoff => handoff.id));
  if (fixed) {
    const key = lane.fixedPrefix + name;
    await cloud.put(file, key);
    const wait = { key, known, lastName: name, delivery };
    return tell({ cloud, lane, dataName: name, handoff: await settled(cloud, wait), json });
  }
  await cloud.drop(lane, file, name);
  const announced = announcedBy(delivery, name);
  if (announced && delivery.startsOn === 'manifest')
    return console.log(manifestStep(laneId, name, announced));
  if (announced) await dropSidecar(cloud, lane, { file, name: announced });
  const dataName = dataNameOf(delivery, name);
  const wait = { key: lane.inPrefix + dataName, known, lastName: announced ?? name, delivery };
  await tell({ cloud, lane, dataName, handoff: await settled(cloud, wait), json });
}

/** A drop that is settled. */
interface SettledDrop {
  readonly cloud: Cloud;
  readonly lane: LaneDescription;
  readonly dataName: string;
  readonly handoff: HandoffLine;
  readonly json: boolean;
}

async function tell({ cloud, lane, dataName, handoff, json }: SettledDrop): Promise<void> {
  const ack = await cloud.acknowledgement(lane, dataName);
  const events = (await cloud.events()).filter(
    ({ source, detail }) => source !== 'edge' && detail.correlationid === handoff.id,
  );
  if (isFailure(handoff)) process.exitCode = 1;
  if (json) return console.log(JSON.stringify({ acknowledgement: ack, events }, null, 2));
  const place = {
    bucket: cloud.description.buckets.inbound,
    ackKey: `${lane.ackPrefix}${dataName}.ack.json`,
  };
  const dropped = { ...place, name: dataName, handoff, ack: ack as unknown as ToldAck, events };
  console.log(outcomeLines(dropped).join('\n'));
}

/** Scripts can tell: a file of which nothing was accepted, or whose books do not balance, ends with 1. */
const isFailure = ({ state }: HandoffLine): boolean => state === 'rejected' || state === 'unbalanced';

async function deliveryOf(laneId: string): Promise<Delivery> {
  const lanes = ofKind(await loadSoundContracts(), 'file-lane');
  const contract = lanes.find(({ id }) => id === laneId);
  if (!contract) throw new Error(`integrations/${laneId}/contract.ts is gone. Run \`npm start\` again.`);
  return contract.delivery;
}

/** Name of the sidecar or manifest that a data file waits for. */
function announcedBy(delivery: Delivery, name: string): string | undefined {
  if (delivery.startsOn === 'data' || isFault(matchDataName(delivery, name))) return undefined;
  return announcingName(delivery.startsOn, name);
}

const manifestStep = (laneId: string, name: string, manifest: string): string =>
  `${name} is dropped. The lane waits for its manifest. Drop that too:\n  npm run drop -- ${laneId} <manifest> ${manifest}`;

/** As `sha256sum` writes it, without a name: the file may be dropped under another than its own. */
async function dropSidecar(
  cloud: Cloud,
  lane: LaneDescription,
  { file, name }: { readonly file: string; readonly name: string },
): Promise<void> {
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

/** Which hand-off is waited for. */
interface Wait {
  readonly key: string;
  /** Hand-offs that were there before the drop. */
  readonly known: ReadonlySet<string>;
  /** The file that was dropped last. */
  readonly lastName: string;
  readonly delivery: Delivery;
}

/** @throws Error that says what is awaited, when the hand-off is not settled in time. */
async function settled(cloud: Cloud, { key, known, lastName, delivery }: Wait): Promise<HandoffLine> {
  let seen: HandoffLine | undefined;
  const see = (handoff: HandoffLine) => {
    seen = handoff;
  };
  try {
    return await waitSettled(cloud, { key, known, see });
  } catch (cause) {
    const match = matchName(delivery, lastName);
    const reason = 'reason' in match ? match.reason : 'no work on it has begun';
    const awaited = seen ? `its hand-off ${seen.id} is "${seen.state}"` : reason;
    throw new Error(`${(cause as Error).message}: ${awaited}`, { cause });
  }
}

// Last: what is declared above is there when it runs.
try {
  await drop(readCall(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
