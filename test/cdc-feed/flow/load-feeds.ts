import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';

/** Every CDC feed under `integrations/`. */
export async function loadFeeds(): Promise<CdcFeed[]> {
  const root = join(process.cwd(), 'integrations');
  const feeds: CdcFeed[] = [];
  for (const { name } of readdirSync(root, { withFileTypes: true }).filter(entry => entry.isDirectory())) {
    const { default: contract } = await import(pathToFileURL(join(root, name, 'contract.ts')).href);
    if (contract.kind === 'cdc-feed') feeds.push(contract);
  }
  return feeds;
}
