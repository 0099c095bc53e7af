import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { usesPgp } from '#adapters/file-lane/contract/file-security.ts';
import {
  type FileEnd,
  type LaneSimulation,
  laneSimulations,
  type SimulatedDrop,
} from '#adapters/file-lane/derive/lane-simulation.ts';
import type { Cloud } from '../demo/cloud.ts';
import { samplesOf } from '../demo/samples.ts';
import { waitSettled } from '../demo/wait-settled.ts';
import { Failure } from '../edge/failure.ts';
import { type LaneTable, readTable } from './lane-table.ts';
import { PartnerStorage } from './partner-storage.ts';
import { type FileMaker, type PreparedDrop, prepareDrop, withoutRepeatedKeys } from './prepare-drop.ts';
import { type PartEnd, playCases, type Simulated, type SimulationOrder, simulated } from './simulation.ts';

/** Plays the cases one after the other, as the lane's partner. @throws Failure where the samples have no file to begin with. */
export async function simulateLane(
  cloud: Cloud,
  lane: FileLane,
  order: SimulationOrder,
): Promise<readonly Simulated[]> {
  if (usesPgp(lane.delivery.security))
    throw new Failure(`Files of ${lane.id} are encrypted or signed. The simulator has no keys for that.`, 2);
  const { table, published } = await goodFile(lane);
  const storage = new PartnerStorage(cloud.description);
  const partner = { cloud, lane, storage, table, place: cloud.lane(lane.id) };
  const good = { rows: table.rows.length, published };
  try {
    return await playCases(laneSimulations(lane, good), order, (simulation, repetition) =>
      play(simulation, { ...partner, token: hash('sha256', `${order.seed}-${repetition}`) }),
    );
  } finally {
    storage.stop();
  }
}

/** A file of which every row is published, if need be without the rows that repeat a key. */
async function goodFile(lane: FileLane): Promise<{ readonly table: LaneTable; readonly published: number }> {
  const complete = samplesOf(lane.id)
    .flatMap(({ folder, outcomes }) => outcomes.map(outcome => ({ folder, ...outcome })))
    .filter(
      ({ state, file, tally }) => state === 'complete' && tally.published > 0 && !file.endsWith('.zip'),
    );
  const whole = complete.find(({ tally }) => tally.published === tally.received);
  const sample = whole ?? complete.find(({ tally }) => tally.published + tally.duplicate === tally.received);
  if (!sample)
    throw new Failure(
      `The samples of ${lane.id} have no file of which every row is published. The simulator begins with one.`,
      2,
    );
  const read = await readTable(lane, await readFile(join(sample.folder, sample.file)));
  const table = whole ? read : withoutRepeatedKeys(lane, read);
  return { table, published: table.rows.length };
}

interface Partner extends FileMaker {
  readonly cloud: Cloud;
  readonly storage: PartnerStorage;
}

async function play(simulation: LaneSimulation, partner: Partner): Promise<Simulated> {
  const parts: PartEnd[] = [];
  for (const drop of simulation.drops) {
    const seen = await playDrop(drop, partner);
    if (seen) parts.push({ expected: drop.expected.map(inWords), seen });
  }
  return simulated(simulation, parts);
}

/** For so long nothing may begin. */
const pauseMilliseconds = 400;

/** What became of it, in words; undefined where the upload was broken off. */
async function playDrop(drop: SimulatedDrop, partner: Partner): Promise<string | undefined> {
  const { cloud, storage } = partner;
  const prepared = prepareDrop(drop, partner);
  const { key, bytes, announcement } = prepared;
  if (drop.manner === 'broken-off') {
    await storage.beginUpload(key, bytes);
    return undefined;
  }
  if (drop.manner === 'stranger') return refusedDrop(prepared, partner);
  const known = new Set((await cloud.handoffs()).map(({ id }) => id));
  const begun = drop.manner === 'slow' ? await storage.beginUpload(key, bytes) : undefined;
  if (!begun) await storage.drop(key, bytes);
  if (drop.manner === 'slow' || drop.manner === 'late-announcement') {
    await sleep(pauseMilliseconds);
    const early = (await cloud.handoffs()).find(one => one.key === key && !known.has(one.id));
    if (early && early.state !== 'awaiting') return `began too early: ${early.state}`;
  }
  await begun?.end();
  if (announcement && !drop.isMisnamed) await storage.drop(announcement.key, announcement.bytes);
  return seenOf(await waitSettled(cloud, { key, known, see: () => undefined }), partner);
}

async function refusedDrop({ key, bytes }: PreparedDrop, { storage, cloud }: Partner): Promise<string> {
  const code = await storage.dropAsStranger(key, bytes);
  if (code === undefined) return 'taken by S3';
  await sleep(pauseMilliseconds);
  const begun = (await cloud.handoffs()).some(one => one.key === key);
  return begun ? `refused ${code}, but work on it began` : inWords({ state: 'refused', code });
}

async function seenOf(
  { key, state, tally, fault }: Awaited<ReturnType<typeof waitSettled>>,
  { cloud, place }: Partner,
): Promise<string> {
  const name = key.slice(place.inPrefix.length);
  const ack = await cloud.acknowledgement(place, name);
  const { rejectedRows } = ack as { rejectedRows: { first: { code: string }[] } | null };
  const code = fault?.code ?? rejectedRows?.first[0]?.code;
  return inWords({
    ...{ state: state as FileEnd['state'], code },
    ...{ published: tally?.published, quarantined: tally?.quarantined },
  });
}

const inWords = ({ state, published = 0, quarantined = 0, code }: FileEnd): string => {
  const end = code ? `${state} ${code}` : state;
  // Of a file that is rejected or a duplicate, no row counts.
  if (state !== 'complete' && state !== 'partial') return end;
  return `${end} with ${published} published${quarantined > 0 ? ` and ${quarantined} quarantined` : ''}`;
};
