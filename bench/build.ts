import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundleOptions, sourceOf } from '#infra/bundle.ts';
import type { BundleEntry } from '#infra/bundle-entry.ts';
import { laneEntry } from '#infra/file-lane/lane-contracts.ts';

export const builtAt = '.build/bench';

/**
 * Bundles the subjects as functions are, but legible in a profile. They run without a loader: tsx names every closure when
 * it is made, which would be measured too.
 */
export async function buildSubjects(names: readonly string[]): Promise<void> {
  const entryPoints = names.map(name => `bench/subjects/${name}.ts`);
  await build({ ...bundleOptions, entryPoints, outdir: builtAt, minify: false });
}

export interface Bundle {
  readonly index: string;
  /** Bytes of JavaScript: what `index.mjs` loads at once, and all there is. */
  readonly bytesAtStart: number;
  readonly bytes: number;
}

/** Bundles a lane's function just as it is deployed. */
export const buildLane = (id: string): Promise<Bundle> => buildEntry(laneEntry(id));

/** Bundles a function just as it is deployed. */
export const buildEntry = (entry: BundleEntry): Promise<Bundle> =>
  bundled(sourceOf(entry, process.cwd()), entry.name);

/** Bundles the AWS clients alone, as a function would be. */
export const buildBareClients = (): Promise<Bundle> => buildSubject('bare-clients');

/** Bundles a subject as a function would be. */
export const buildSubject = (name: string): Promise<Bundle> =>
  bundled({ entryPoints: [{ in: `bench/subjects/${name}.ts`, out: 'index' }] }, name);

async function bundled(source: BuildOptions, name: string): Promise<Bundle> {
  const outdir = `${builtAt}/${name}`;
  const { metafile } = await build({ ...bundleOptions, ...source, outdir, metafile: true });
  const index = `${outdir}/index.mjs`;
  const modules = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.mjs'));
  return {
    index,
    bytesAtStart: bytesFrom(index, metafile, new Set()),
    bytes: bytesOf(modules.map(([, { bytes }]) => bytes)),
  };
}

const bytesOf = (sizes: readonly number[]): number => sizes.reduce((sum, bytes) => sum + bytes, 0);

/** A module and all that it imports statically, each once. */
function bytesFrom(path: string, metafile: Metafile, seen: Set<string>): number {
  const output = metafile.outputs[path];
  if (!output || seen.has(path)) return 0;
  seen.add(path);
  const statics = output.imports.filter(({ kind }) => kind === 'import-statement');
  return output.bytes + bytesOf(statics.map(imported => bytesFrom(imported.path, metafile, seen)));
}
