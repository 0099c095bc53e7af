import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackTemplate } from '#infra/templates/template.ts';
import type { Deployment } from './check-account.ts';

interface Artifact {
  readonly type: string;
  readonly properties?: {
    readonly stackName?: string;
    readonly templateFile?: string;
    readonly requiresBootstrapStackVersion?: number;
  };
}

/** The stacks that a synthesis wrote, and what they need of the bootstrap stack. */
export function readAssembly(folder: string): Deployment {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const artifacts = Object.values(
    (read('manifest.json') as { artifacts: Record<string, Artifact> }).artifacts,
  );
  const stacks = artifacts.flatMap(
    ({ type, properties: { stackName, templateFile } = {} }): StackTemplate[] =>
      type === 'aws:cloudformation:stack' && stackName && templateFile
        ? [{ name: stackName, template: read(templateFile) }]
        : [],
  );
  const versions = artifacts.map(({ properties }) => properties?.requiresBootstrapStackVersion ?? 0);
  return { stacks, bootstrapVersionMin: Math.max(...versions) };
}
