import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What templates and bundles are made from. Samples are not. */
export const inputs = [
  ...['adapters', 'console', 'events', 'functions', 'infra', 'integrations', 'operate', 'shared'],
  ...['cdk.json', 'edge.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'],
];

/** A hash of everything that the synthesis reads: the same hash, the same templates and bundles. */
export function hashInputs(root = process.cwd()): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of inputs.flatMap(input => filesOf(root, input)))
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesOf(root: string, path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter(name => name !== 'samples')
    .sort()
    .flatMap(name => filesOf(root, join(path, name)));
}
