import type { FencePart } from './webhook-fence/fence-permissions.ts';

/** One function to be bundled: `factory` of `handler` (a file of `functions/`), called with the integration's contract. */
export interface BundleEntry {
  /** Names the bundle's folder. */
  readonly name: string;
  readonly integration: string;
  readonly handler: string;
  readonly factory: string;
}

/** Only lanes whose files are encrypted or signed have OpenPGP in their bundles. */
export const laneEntry = (id: string, usesPgp = false): BundleEntry => ({
  name: id,
  integration: id,
  ...(usesPgp
    ? { handler: 'pgp-file-lane.ts', factory: 'pgpFileLane' }
    : { handler: 'file-lane.ts', factory: 'fileLane' }),
});

/** Names of a fence's bundles. A dot is in no integration's id, so none is mistaken for another's. */
export const fenceBundles = (id: string): Readonly<Record<FencePart, string>> => ({
  receive: id,
  drain: `${id}.drain`,
  release: `${id}.release`,
});

export function fenceEntries(id: string): readonly BundleEntry[] {
  const names = fenceBundles(id);
  const entry = (name: string, file: string, factory: string): BundleEntry => ({
    name,
    integration: id,
    handler: file,
    factory,
  });
  return [
    entry(names.receive, 'webhook-fence.ts', 'webhookFence'),
    entry(names.drain, 'webhook-drain.ts', 'webhookDrain'),
    entry(names.release, 'webhook-release.ts', 'webhookRelease'),
  ];
}

export const feedEntry = (id: string): BundleEntry => ({
  name: id,
  integration: id,
  handler: 'cdc-feed.ts',
  factory: 'cdcFeed',
});

export const entryText = ({ integration, handler, factory }: BundleEntry): string =>
  `import contract from './integrations/${integration}/contract.ts';
import { ${factory} } from './functions/${handler}';

export const handler = ${factory}(contract);
`;
