import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Where bundles lie, from the repository's root: `<id>/index.mjs` and its source map. */
export const bundlesAt = '.build/bundles';

const entriesAt = '.build/entries';

/** CommonJS dependencies inside an ES module bundle call `require`. */
const requireBanner =
  "import { createRequire as __cr } from 'node:module';const require = __cr(import.meta.url);";

/**
 * Bundles the function of each integration, in one call: a folder each, so that a change to one contract changes one
 * function. `root` is the folder that `integrations/` and `functions/` are in.
 */
export async function bundleFileLanes(ids: readonly string[], root = process.cwd()): Promise<void> {
  const entries = join(root, entriesAt);
  await rm(entries, { recursive: true, force: true });
  await mkdir(entries, { recursive: true });
  await Promise.all(ids.map(id => writeFile(join(entries, `${id}.ts`), entryOf(id))));
  await rm(join(root, bundlesAt), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ids.map(id => ({ in: `${entriesAt}/${id}.ts`, out: `${id}/index` })),
    outdir: bundlesAt,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    // The oldest Node that runs it: the local cloud's, not Lambda's.
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    banner: { js: requireBanner },
    logLevel: 'warning',
  });
}

const entryOf = (id: string): string =>
  `import contract from '../../integrations/${id}/contract.ts';
import { fileLane } from '../../functions/file-lane/handler.ts';

export const handler = fileLane(contract);
`;
