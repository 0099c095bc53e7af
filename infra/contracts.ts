import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EventContract } from '../shared/contract/define-event.ts';
import type { FileLane } from '../shared/contract/define-file-lane.ts';

/** What the app is made from. */
export interface Contracts {
  readonly lanes: readonly FileLane[];
  /** Every canonical event, those of the suite itself included. */
  readonly events: readonly EventContract[];
}

/** Reads every `integrations/<id>/contract.ts` and every event of `events/<domain>/`. */
export async function loadContracts(root = process.cwd()): Promise<Contracts> {
  const lanes = await loadLanes(join(root, 'integrations'));
  checkFolders(lanes);
  const events = await loadEvents(join(root, 'events'));
  const byType = new Map(
    [...events, ...lanes.flatMap(lane => lane.events)].map(event => [event.type, event]),
  );
  return { lanes, events: [...byType.keys()].sort().map(type => byType.get(type)!) };
}

/** @throws Error when one lane would see the files, or have the permissions, of another. */
export function checkFolders(lanes: readonly FileLane[]): void {
  for (const lane of lanes) {
    const other = lanes.find(
      ({ id, delivery }) => id !== lane.id && `${delivery.folder}/`.startsWith(`${lane.delivery.folder}/`),
    );
    if (other)
      throw new Error(
        `folder "${other.delivery.folder}" of ${other.id} lies in "${lane.delivery.folder}" of ${lane.id}: each lane needs a folder of its own`,
      );
  }
}

async function loadLanes(folder: string): Promise<FileLane[]> {
  const lanes: FileLane[] = [];
  for (const id of await foldersIn(folder)) {
    const path = join(folder, id, 'contract.ts');
    if (!existsSync(path)) continue;
    const { default: lane } = (await load(path)) as { default: FileLane };
    if (lane.id !== id)
      throw new Error(`integrations/${id}/contract.ts: its id is "${lane.id}", not "${id}"`);
    lanes.push(lane);
  }
  return lanes;
}

async function loadEvents(folder: string): Promise<EventContract[]> {
  const events: EventContract[] = [];
  for (const domain of await foldersIn(folder)) {
    for (const file of (await readdir(join(folder, domain))).sort()) {
      if (file.endsWith('.ts'))
        events.push(...Object.values(await load(join(folder, domain, file))).filter(isEvent));
    }
  }
  return events;
}

const isEvent = (value: unknown): value is EventContract =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'event';

const load = (path: string): Promise<Record<string, unknown>> => import(pathToFileURL(path).href);

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}
