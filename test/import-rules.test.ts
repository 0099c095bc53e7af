import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';

/** Who may import whom: the first rule whose `from` begins a file's path holds for it. Folders include what is below them. */
const rules: readonly {
  readonly from: string;
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}[] = [
  { from: 'shared/contract/', folders: ['shared/contract/'], packages: ['zod'] },
  { from: 'events/', folders: ['events/', 'shared/contract/'], packages: ['zod'] },
  {
    from: 'integrations/',
    folders: ['events/', 'shared/contract/', 'shared/core/mapping/'],
    packages: ['zod'],
  },
  {
    from: 'shared/core/',
    folders: ['shared/core/', 'shared/contract/', 'events/'],
    packages: ['zod', 'csv-parse', 'iconv-lite', 'luxon', 'yauzl', 'lossless-json', 'openpgp'],
  },
  {
    from: 'shared/derive/',
    folders: ['shared/derive/', 'shared/core/', 'shared/contract/', 'events/'],
    packages: ['zod'],
  },
  { from: 'shared/consumer/', folders: ['shared/consumer/', 'shared/core/', 'events/'], packages: [] },
  { from: 'shared/ports.ts', folders: ['shared/core/', 'shared/contract/'], packages: [] },
  {
    from: 'shared/memory/',
    folders: ['shared/memory/', 'shared/ports.ts', 'shared/core/', 'shared/contract/'],
    packages: [],
  },
  {
    from: 'shared/aws/',
    folders: ['shared/aws/', 'shared/ports.ts', 'shared/core/', 'shared/contract/', 'shared/consumer/'],
    packages: ['@aws-sdk', '@aws-lambda-powertools', '@smithy'],
  },
  {
    from: 'functions/',
    folders: ['functions/', 'shared/core/', 'shared/contract/', 'shared/ports.ts'],
    packages: ['zod', 'aws-lambda'],
  },
  {
    from: 'infra/',
    folders: ['infra/', 'integrations/', 'events/', 'shared/contract/', 'shared/derive/', 'shared/core/'],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'zod'],
  },
  { from: 'local/', folders: ['local/'], packages: ['fauxqs', 'dynalite', 'zod'] },
  {
    from: 'cli/',
    folders: [
      'cli/',
      'local/',
      'infra/contracts.ts',
      'integrations/',
      'events/',
      'shared/derive/',
      'shared/core/',
      'shared/contract/',
    ],
    packages: ['@aws-sdk', 'cli-table3', 'log-update', 'picocolors', 'zod'],
  },
];

/** `handler.ts` and `<what>-handler.ts` wire a function to AWS. */
const handlerMayAlso = ['shared/aws/'];

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s+['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

const files = ['shared', 'events', 'integrations', 'functions', 'infra', 'local', 'cli'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
);

describe('imports', () => {
  it('follow the rules of the house', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(forbiddenIn)).toEqual([]);
  });

  it('would be caught if they did not', () => {
    expect(forbidden('shared/core/csv/reader.ts', '@aws-sdk/client-s3')).toBe(true);
    expect(forbidden('functions/file-lane/arrive.ts', '../../shared/aws/s3-files.ts')).toBe(true);
    expect(forbidden('functions/file-lane/handler.ts', '../../shared/aws/s3-files.ts')).toBe(false);
    expect(forbidden('local/front.ts', '../functions/file-lane/handler.ts')).toBe(true);
  });
});

function forbiddenIn(file: string): string[] {
  // What stands in a template string is text that is generated, not an import.
  const text = readFileSync(file, 'utf8').replaceAll(/`[^`]*`/g, '');
  const imported = [...text.matchAll(importPattern)].map(match => match[1] ?? match[2] ?? match[3]!);
  return imported.filter(target => forbidden(file, target)).map(target => `${file} imports ${target}`);
}

function forbidden(file: string, target: string): boolean {
  const rule = rules.find(({ from }) => file.startsWith(from));
  if (!rule) return true;
  if (!target.startsWith('.')) return !isAllowedPackage(target, rule.packages);
  const path = normalize(join(dirname(file), target)).replaceAll('\\', '/');
  const folders = /[/-]handler\.ts$/.test(file) ? [...rule.folders, ...handlerMayAlso] : rule.folders;
  return !folders.some(folder => path.startsWith(folder));
}

function isAllowedPackage(target: string, packages: readonly string[]): boolean {
  const name = target.replace(/^node:/, '').split('/')[0]!;
  if (target.startsWith('node:') || builtinModules.includes(name)) return true;
  return packages.includes(name);
}
