import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { type ModuleItem, parseSync } from '@swc/core';

/** One import, type-only ones included: `to` is a path from the repository's root, or a package as it is named. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

const folders = [
  'adapters',
  'bench',
  'cli',
  'console',
  'events',
  'functions',
  'infra',
  'integrations',
  'local',
  'shared',
];

/** Every source file, by its path from the root. */
export const sources: readonly string[] = folders.flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
);

const { imports: aliases } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly imports: Readonly<Record<string, string>>;
};

/** Every import of every source file. */
export const readImports = (): readonly Import[] =>
  sources.flatMap(from =>
    importsIn(readFileSync(from, 'utf8'), from.endsWith('.tsx')).map(name => ({
      from,
      to: targetOf(from, name),
    })),
  );

/** The modules that a text imports: by declaration, for types, or while it runs. */
export function importsIn(text: string, tsx = false): readonly string[] {
  const { body } = parseSync(text, { syntax: 'typescript', target: 'es2022', tsx });
  return [...body.flatMap(declaredIn), ...dynamicIn(body)];
}

function declaredIn(item: ModuleItem): readonly string[] {
  switch (item.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return [item.source.value];
    case 'ExportNamedDeclaration':
      return item.source ? [item.source.value] : [];
    default:
      return [];
  }
}

/** `import('…')` in expressions and in types, wherever they stand. */
function dynamicIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(dynamicIn);
  if (typeof node !== 'object' || node === null) return [];
  const {
    type,
    callee,
    arguments: given,
    argument,
  } = node as {
    readonly type?: string;
    readonly callee?: { readonly type: string };
    readonly arguments?: readonly unknown[];
    readonly argument?: unknown;
  };
  const found: string[] = [];
  if (type === 'CallExpression' && callee?.type === 'Import') found.push(textOf(given?.[0]));
  if (type === 'TsImportType') found.push(textOf(argument));
  return [...found.filter(name => name !== ''), ...Object.values(node).flatMap(dynamicIn)];
}

const textOf = (node: unknown): string => {
  const { expression, value } = node as {
    readonly expression?: { readonly value?: unknown };
    readonly value?: unknown;
  };
  const text = expression?.value ?? value;
  return typeof text === 'string' ? text : '';
};

/** Where a module's name leads: `./x.ts`, `#shared/x.ts`, `#kit/file-lane`, or a package. */
export function targetOf(from: string, name: string): string {
  if (name.startsWith('.')) return join(dirname(from), name);
  if (!name.startsWith('#')) return name;
  const exact = aliases[name];
  if (exact) return exact.slice(2);
  const [pattern = '', path = ''] =
    Object.entries(aliases).find(([key]) => key.endsWith('*') && name.startsWith(key.slice(0, -1))) ?? [];
  return path.slice(2).replace('*', name.slice(pattern.length - 1));
}

/** Imports of files that are not there. */
export const dangling = (imports: readonly Import[]): readonly Import[] =>
  imports.filter(({ to }) => isFile(to) && !existsSync(to));

/** Of this repository, and no package. */
export const isFile = (to: string): boolean => /\.tsx?$|^console\/.*\.css$/.test(to);
