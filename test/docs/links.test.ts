import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { headingsOf, linksIn, pathsIn } from './references.ts';

const underDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.md'))
  .map(name => `docs/${name}`);
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...underDocs];
const read = (page: string) => readFileSync(page, 'utf8');

/** What a guide has its reader create, and what a command writes. */
const madeByReaders = [
  'events/billing/',
  'events/purchasing/',
  'integrations/beta-invoices/',
  'integrations/erp-suppliers/',
  'integrations/erp-outbox/',
  'docs/partners/erp-suppliers.md',
  'bench/data/',
];

describe.each(pages)('%s', page => {
  const text = read(page);

  it('links only to pages and headings that exist', () => {
    const broken = linksIn(text).filter(({ path, anchor }) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !headingsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const missing = pathsIn(text).filter(
      path => !existsSync(path) && !madeByReaders.some(made => path.startsWith(made)),
    );
    expect(missing).toEqual([]);
  });

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, command]) => command!);
    expect(commands.filter(command => !(command in scripts))).toEqual([]);
  });
});

test('SECURITY.md gives the reason of every library that is deployed', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const all = Object.keys({ ...dependencies, ...devDependencies });
  const rows = read('SECURITY.md').matchAll(/^\| `([\w@/*-]+)` \|/gm);
  const named = [...rows].map(([, name]) => name!);
  const nameOf = (library: string) =>
    named.find(name => new RegExp(`^${name.replace('*', '.+')}$`).test(library));
  expect(Object.keys(dependencies).filter(library => !nameOf(library))).toEqual([]);
  expect(named.filter(name => !all.some(library => nameOf(library) === name))).toEqual([]);
});

describe('reading references', () => {
  it('finds links of this repository with their anchors', () => {
    expect(linksIn('[a](b.md#c-d) [e](#f) ![g](h/) [i](https://example.com)')).toEqual([
      { path: 'b.md', anchor: 'c-d' },
      { path: '', anchor: 'f' },
      { path: 'h/', anchor: undefined },
    ]);
  });

  it('finds paths in backticks, but no pattern, placeholder or code block', () => {
    const text =
      '`shared/ports.ts`, `docs/`, `events/<domain>/`, `test/*.ts`\n```\n`cli/nothing.ts`\n```\n`a/b`';
    expect(pathsIn(text)).toEqual(['shared/ports.ts', 'docs/']);
  });

  it('names headings as GitHub does', () => {
    expect(headingsOf('# MySQL, with `x-y`\n```\n# no heading\n```\n## When done\n')).toEqual([
      'mysql-with-x-y',
      'when-done',
    ]);
  });
});
