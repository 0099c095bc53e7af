import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ContractOf, Integration } from '#adapters/integration.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Kind } from '#shared/contract/kind.ts';
import { contractKinds, kindOf, kinds } from './kinds.ts';

/** What the app is made from. */
export interface Contracts {
  /** Kind by kind, within a kind by id. */
  readonly integrations: readonly Integration[];
  /** Every canonical event, those of the suite itself included. */
  readonly events: readonly EventContract[];
}

/** The contracts of one kind. */
export const ofKind = <K extends Kind>({ integrations }: Pick<Contracts, 'integrations'>, kind: K) =>
  integrations.filter((contract): contract is ContractOf[K] & Integration => contract.kind === kind);

/** A contract that cannot be loaded. */
export interface BrokenContract {
  readonly id: string;
  /** What is wrong with it, and where. */
  readonly reason: string;
}

/**
 * Reads every `integrations/<id>/contract.ts` and every event of `events/<domain>/`.
 * @throws Error naming each contract that cannot be loaded
 */
export async function loadContracts(root = process.cwd()): Promise<Contracts> {
  const { broken, ...contracts } = await loadSoundContracts(root);
  if (broken.length > 0) throw new Error(broken.map(brokenInWords).join('\n'));
  return contracts;
}

export const brokenInWords = ({ id, reason }: BrokenContract): string =>
  `integrations/${id}/contract.ts: ${reason}`;

/** The contracts that can be loaded, and why the others cannot: one author's mistake stops nobody else. */
export async function loadSoundContracts(
  root = process.cwd(),
): Promise<Contracts & { readonly broken: readonly BrokenContract[] }> {
  const { broken, ...found } = await loadIntegrations(join(root, 'integrations'));
  for (const kind of kinds) checkKind(found, kind);
  const integrations = kinds.flatMap((kind): readonly Integration[] => ofKind(found, kind));
  const emitted = integrations.flatMap(contract => kindOf(contract).events(contract));
  const events = [...(await loadEvents(join(root, 'events'))), ...emitted];
  const byType = new Map(events.map(event => [event.type, event]));
  return { integrations, events: [...byType.values()].sort((a, b) => (a.type < b.type ? -1 : 1)), broken };
}

const checkKind = <K extends Kind>(found: Pick<Contracts, 'integrations'>, kind: K): void =>
  contractKinds[kind].check(ofKind(found, kind));

async function loadIntegrations(folder: string) {
  const integrations: Integration[] = [];
  const broken: BrokenContract[] = [];
  for (const id of await foldersIn(folder)) {
    const path = join(folder, id, 'contract.ts');
    if (!existsSync(path)) continue;
    try {
      integrations.push(await loadIntegration(path, id));
    } catch (error) {
      broken.push({ id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { integrations, broken };
}

async function loadIntegration(path: string, id: string): Promise<Integration> {
  const { default: contract } = (await load(path)) as { default?: Integration };
  if (!contract) throw new Error('it exports no contract as its default');
  if (contract.id !== id) throw new Error(`its id is "${contract.id}", not "${id}"`);
  return contract;
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
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}
