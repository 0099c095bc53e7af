import { eventsOf, type WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { BundleEntry } from '../bundle-entry.ts';
import type { ContractKind } from '../contract-kind.ts';

/** `receive` answers requests, `drain` publishes what was spilled, `release` is invoked by operators. */
export type FencePart = 'receive' | 'drain' | 'release';

/** What infrastructure asks of webhook fences. */
export const fenceContracts: ContractKind<WebhookFence> = {
  events: eventsOf,
  bundles: ({ id }) => fenceEntries(id),
  check: checkRoutes,
  after: () => [],
};

/** Names of a fence's bundles. No integration's id has a dot, so no name is taken for another's. */
export const fenceBundles = (id: string): Readonly<Record<FencePart, string>> => ({
  receive: id,
  drain: `${id}.drain`,
  release: `${id}.release`,
});

export function fenceEntries(id: string): readonly BundleEntry[] {
  const names = fenceBundles(id);
  return [
    { name: names.receive, integration: id, handler: 'webhook-fence.ts', factory: 'webhookFence' },
    { name: names.drain, integration: id, handler: 'webhook-drain.ts', factory: 'webhookDrain' },
    { name: names.release, integration: id, handler: 'webhook-release.ts', factory: 'webhookRelease' },
  ];
}

/** @throws Error when two fences share a route: the local cloud serves all of them at one port and tells them apart by it. */
export function checkRoutes(fences: readonly WebhookFence[]): void {
  for (const fence of fences) {
    const other = fences.find(({ id, route }) => id < fence.id && route === fence.route);
    if (other) throw new Error(`${other.id} and ${fence.id} have the same route ${fence.route}`);
  }
}
