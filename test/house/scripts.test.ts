import { readdirSync, readFileSync } from 'node:fs';
import { inputs } from '#cli/start/inputs-hash.ts';
import { readImports, sources } from './import-graph.ts';
import { lateConstantsIn } from './late-constants.ts';

const scripts = ['cli', 'infra', 'local', 'bench', 'functions'].flatMap(folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name}`),
);

it.each(scripts)('%s declares its constants before it begins to work', script => {
  expect(lateConstantsIn(readFileSync(script, 'utf8'))).toEqual([]);
});

test('a constant below the work is found', () => {
  expect(lateConstantsIn('try { await run(); } catch {}\nconst run = async () => {};')).toEqual(['run']);
  expect(lateConstantsIn('const run = async () => {};\nawait run();')).toEqual([]);
});

test('what is kept between two starts depends on every folder that templates and bundles are made from', () => {
  const imports = readImports();
  const reached = new Set(sources.filter(file => /^(infra|functions|integrations|events)\//.test(file)));
  for (const file of reached)
    for (const { from, to } of imports) if (from === file && sources.includes(to)) reached.add(to);
  const tops = new Set([...reached].map(file => file.split('/')[0]));
  expect([...tops].filter(top => top !== undefined && !inputs.includes(top))).toEqual([]);
});
