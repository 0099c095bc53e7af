import { readdirSync, readFileSync } from 'node:fs';
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
