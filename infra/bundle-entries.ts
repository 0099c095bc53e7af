import type { FencePart } from './constructs/fence-permissions.ts';

/** One function to be bundled: `factory` of `handler` (a path under `functions/`), called with the integration's contract. */
export interface BundleEntry {
  /** Names the bundle's folder. */
  readonly name: string;
  readonly integration: string;
  readonly handler: string;
  readonly factory: string;
}

/** OpenPGP is in the bundles of sealed lanes alone: those whose files are encrypted or signed. */
export const laneEntry = (id: string, sealed = false): BundleEntry => ({
  name: id,
  integration: id,
  ...(sealed
    ? { handler: 'file-lane/sealed-handler.ts', factory: 'sealedFileLane' }
    : { handler: 'file-lane/handler.ts', factory: 'fileLane' }),
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
    handler: `webhook-fence/${file}`,
    factory,
  });
  return [
    entry(names.receive, 'handler.ts', 'webhookFence'),
    entry(names.drain, 'drain-handler.ts', 'webhookDrain'),
    entry(names.release, 'release-handler.ts', 'webhookRelease'),
  ];
}

export const feedEntry = (id: string): BundleEntry => ({
  name: id,
  integration: id,
  handler: 'cdc-feed/handler.ts',
  factory: 'cdcFeed',
});

export const entryText = ({ integration, handler, factory }: BundleEntry): string =>
  `import contract from './integrations/${integration}/contract.ts';
import { ${factory} } from './functions/${handler}';

export const handler = ${factory}(contract);
`;
