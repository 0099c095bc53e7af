import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { type BundleEntry, entryText } from './bundle-entry.ts';
import { pageInBundle } from './page-in-bundle.ts';
import { withoutDoubleByteTables } from './without-double-byte-tables.ts';

/** Where bundles are, from the repository's root: `<id>/index.mjs` and its source map. */
export const bundlesAt = '.build/bundles';

/** CommonJS dependencies inside an ES module bundle call `require`. */
const requireBanner =
  "import { createRequire as __cr } from 'node:module';const require = __cr(import.meta.url);";

/**
 * Bundles every function into a folder of its own, so that a change to one contract changes its functions alone. Parts that
 * few invocations need, such as other character sets and the SDK's sources of credentials, are files beside `index.mjs`
 * that load when first used. `root` is the folder that `integrations/` and `functions/` are in, `into` one below it.
 */
export async function bundleFunctions(
  functions: readonly BundleEntry[],
  root = process.cwd(),
  into = bundlesAt,
): Promise<void> {
  await rm(join(root, into), { recursive: true, force: true });
  await Promise.all(functions.map(entry => bundle(entry, root, into)));
}

const bundle = (entry: BundleEntry, root: string, into: string): Promise<unknown> =>
  build({
    ...bundleOptions,
    absWorkingDir: root,
    ...sourceOf(entry, root),
    outdir: `${into}/${entry.name}`,
  });

/** A function's entry, which is text only: `index` is made of it. */
export const sourceOf = (entry: BundleEntry, root: string): BuildOptions => ({
  stdin: { contents: entryText(entry), resolveDir: root, sourcefile: `${entry.name}.ts`, loader: 'ts' },
  entryNames: 'index',
});

/** How a function is bundled, wherever it is. */
export const bundleOptions = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  // The oldest Node that runs it: the local cloud's, not Lambda's.
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'linked',
  banner: { js: requireBanner },
  plugins: [withoutDoubleByteTables, pageInBundle],
  logLevel: 'warning',
} satisfies BuildOptions;
