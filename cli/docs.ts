import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docFolders, docsOf } from '#adapters/derive/docs.ts';
import { loadContracts } from '#infra/contracts.ts';
import { operatorApiFile, operatorApiText } from '#operate/core/open-api.ts';

/** Writes every derived page to `docs/`, and removes those that nothing is derived for any more. */
const root = join(process.cwd(), 'docs');
const { events, integrations } = await loadContracts();
const pages = docsOf(events, integrations);

for (const folder of docFolders) {
  mkdirSync(join(root, folder), { recursive: true });
  for (const name of readdirSync(join(root, folder))) {
    if (!pages.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
  }
}
for (const [path, text] of pages) writeFileSync(join(root, path), text);
writeFileSync(join(root, operatorApiFile), operatorApiText());
console.log(`${pages.size} pages under docs/`);
