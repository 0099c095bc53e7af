import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { eventsOf, type WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { EventContract } from '#shared/contract/define-event.ts';

/** What the app is made from. */
export interface Contracts {
  readonly lanes: readonly FileLane[];
  readonly fences: readonly WebhookFence[];
  readonly feeds: readonly CdcFeed[];
  /** Every canonical event, those of the suite itself included. */
  readonly events: readonly EventContract[];
}

/** Reads every `integrations/<id>/contract.ts` and every event of `events/<domain>/`. */
export async function loadContracts(root = process.cwd()): Promise<Contracts> {
  const integrations = await loadIntegrations(join(root, 'integrations'));
  const lanes = integrations.filter(contract => contract.kind === 'file-lane');
  const fences = integrations.filter(contract => contract.kind === 'webhook-fence');
  const feeds = integrations.filter(contract => contract.kind === 'cdc-feed');
  checkFolders(lanes);
  checkRoutes(fences);
  checkStreams(feeds);
  const events = await loadEvents(join(root, 'events'));
  const emitted = [
    ...lanes.flatMap(lane => lane.events),
    ...fences.flatMap(eventsOf),
    ...feeds.flatMap(feed => feed.events),
  ];
  const byType = new Map([...events, ...emitted].map(event => [event.type, event]));
  return { lanes, fences, feeds, events: [...byType.keys()].sort().map(type => byType.get(type)!) };
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

/** @throws Error when two fences share a route: the local cloud serves them all at one port and tells them apart by it. */
export function checkRoutes(fences: readonly WebhookFence[]): void {
  for (const fence of fences) {
    const other = fences.find(({ id, route }) => id < fence.id && route === fence.route);
    if (other) throw new Error(`${other.id} and ${fence.id} have the same route ${fence.route}`);
  }
}

/** @throws Error when two feeds would make the same data stream. */
export function checkStreams(feeds: readonly CdcFeed[]): void {
  const nameOf = ({ stream }: CdcFeed) => (stream.kind === 'kinesis' ? stream.name : undefined);
  for (const feed of feeds) {
    const name = nameOf(feed);
    const other = feeds.find(candidate => candidate.id < feed.id && name && nameOf(candidate) === name);
    if (other) throw new Error(`${other.id} and ${feed.id} have the same stream ${name}`);
  }
}

type Integration = FileLane | WebhookFence | CdcFeed;

async function loadIntegrations(folder: string): Promise<Integration[]> {
  const integrations: Integration[] = [];
  for (const id of await foldersIn(folder)) {
    const path = join(folder, id, 'contract.ts');
    if (!existsSync(path)) continue;
    const { default: contract } = (await load(path)) as { default: Integration };
    if (contract.id !== id)
      throw new Error(`integrations/${id}/contract.ts: its id is "${contract.id}", not "${id}"`);
    integrations.push(contract);
  }
  return integrations;
}

async function loadEvents(folder: string): Promise<EventContract[]> {
  const events: EventContract[] = [];
  for (const domain of await foldersIn(folder)) {
    for (const file of (await readdir(join(folder, domain))).sort()) {
      if (/\.v\d+\.ts$/.test(file))
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
