import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docFolders, docsOf } from '#adapters/derive/docs.ts';
import { loadSoundContracts } from '#infra/contracts.ts';

const root = join(process.cwd(), 'docs');
const { events, integrations } = await loadSoundContracts();
const pages = docsOf(events, integrations);

describe('derived documents', () => {
  it.each([...pages.keys()])('%s is committed as the contracts say', path => {
    const committed = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
    if (committed !== pages.get(path)) throw new Error(`docs/${path} is stale; run: npm run docs`);
  });

  it('leave no page of a contract that is gone', () => {
    const there = docFolders.flatMap(folder =>
      readdirSync(join(root, folder)).map(name => `${folder}/${name}`),
    );
    expect(there.filter(path => !pages.has(path))).toEqual([]);
  });

  it('have no section without text', () => {
    for (const [path, text] of pages) {
      const empty = [...text.matchAll(/^(#+) .*\n+(?=(#+) )/gm)].filter(
        ([, own, next]) => next!.length <= own!.length,
      );
      expect({ path, empty: empty.map(([heading]) => heading.trim()) }).toEqual({ path, empty: [] });
      expect(text.trimEnd()).not.toMatch(/\n#+ [^\n]*$/);
    }
  });

  it('say everything in words', () => {
    for (const [path, text] of pages)
      expect({ path, found: text.match(/undefined|\[object|NaN/g) }).toEqual({ path, found: null });
  });

  it('link only to what is there', () => {
    for (const [path, text] of pages) {
      const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(match => match[1]!);
      const dead = links.filter(link => !existsSync(join(root, path, '..', link)));
      expect({ path, dead }).toEqual({ path, dead: [] });
      const anchors = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(match => match[1]!);
      const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(match =>
        match[1]!.toLowerCase().replaceAll(' ', '-'),
      );
      expect(anchors.filter(anchor => !headings.includes(anchor))).toEqual([]);
    }
  });
});
