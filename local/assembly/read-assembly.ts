import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssemblyError, type Stack, type Template } from './template.ts';

/** A synthesised CDK app: its stacks, and where their assets lie on disk. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Directory of an asset by the S3 key under which the template names it. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts?: Readonly<
    Record<string, { readonly type: string; readonly properties?: { readonly stackName?: string } }>
  >;
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** @throws AssemblyError when the directory holds no template. */
export function readAssembly(directory: string): Assembly {
  const files = existsSync(directory) ? readdirSync(directory) : [];
  const manifest: Manifest = files.includes('manifest.json')
    ? readJson(join(directory, 'manifest.json'))
    : {};
  const stacks = files
    .filter(file => file.endsWith('.template.json'))
    .map(file => readStack(directory, file, manifest));
  if (stacks.length === 0)
    throw new AssemblyError(`no *.template.json in ${directory}; run npm run synth first`);
  const assets = new Map<string, string>();
  for (const file of files.filter(name => name.endsWith('.assets.json')))
    readAssets(directory, readJson(join(directory, file)), assets);
  return { stacks, assets };
}

function readStack(directory: string, file: string, manifest: Manifest): Stack {
  const artifact = file.slice(0, -'.template.json'.length);
  return {
    name: manifest.artifacts?.[artifact]?.properties?.stackName ?? artifact,
    template: readJson<Template>(join(directory, file)),
  };
}

function readAssets(directory: string, manifest: AssetManifest, assets: Map<string, string>): void {
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    if (!source.path) continue;
    for (const { objectKey } of Object.values(destinations))
      assets.set(objectKey, resolve(directory, source.path));
  }
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
