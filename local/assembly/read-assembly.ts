import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { required } from '../required.ts';
import { AssemblyError, type Stack, type Template } from './template.ts';

/** A synthesised CDK app: its stacks, and where their assets lie on disk. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Directory of an asset by the S3 key under which the template names it. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts?: Readonly<
    Record<string, { readonly type: string; readonly properties?: Readonly<Record<string, string>> }>
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

/**
 * Reads what the assembly's manifest names. Beside it may lie templates of stacks that are declared no more.
 * @throws AssemblyError when there is no manifest, or it names no stack.
 */
export function readAssembly(directory: string): Assembly {
  const file = join(directory, 'manifest.json');
  const { artifacts = {} }: Manifest = existsSync(file) ? readJson(file) : {};
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  for (const [id, { type, properties = {} }] of Object.entries(artifacts)) {
    if (type === 'aws:cloudformation:stack')
      stacks.push({
        name: properties.stackName ?? id,
        template: readJson<Template>(
          join(directory, required(properties.templateFile, `templateFile of ${id}`)),
        ),
      });
    if (type === 'cdk:asset-manifest')
      readAssets(directory, readJson(join(directory, required(properties.file, `file of ${id}`))), assets);
  }
  if (stacks.length === 0)
    throw new AssemblyError(`no manifest.json with stacks in ${directory}; run npm run synth first`);
  return { stacks, assets };
}

/** The assembly without the stacks of other integrations; stacks of no integration stay. Default: all. */
export function withOnly(assembly: Assembly, ids?: readonly string[]): Assembly {
  if (!ids) return assembly;
  const isWanted = ({ template }: Stack) => {
    const integration = template.Metadata?.['edge:integration'] as { readonly id: string } | undefined;
    return !integration || ids.includes(integration.id);
  };
  return { ...assembly, stacks: assembly.stacks.filter(isWanted) };
}

function readAssets(directory: string, manifest: AssetManifest, assets: Map<string, string>): void {
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    if (!source.path) continue;
    for (const { objectKey } of Object.values(destinations))
      assets.set(objectKey, resolve(directory, source.path));
  }
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
