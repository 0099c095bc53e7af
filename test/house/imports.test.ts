import { readFileSync } from 'node:fs';
import { circlesIn } from './circles.ts';
import { dangling, importsIn, readImports, sources, targetOf } from './import-graph.ts';
import { impureLinesIn, isForbidden } from './import-rules.ts';

const imports = readImports();
const shown = imports.map(({ from, to }) => ({ from, to, line: `${from} imports ${to}` }));

describe('imports', () => {
  it('are read of every source file', () => {
    expect(sources.length).toBeGreaterThan(500);
    expect(imports.length).toBeGreaterThan(2 * sources.length);
    expect(dangling(imports)).toEqual([]);
  });

  it('follow the rules of the house', () => {
    expect(shown.filter(isForbidden).map(({ line }) => line)).toEqual([]);
  });

  it('go in no circle, not even those of types', () => {
    expect(circlesIn(imports)).toEqual([]);
  });
});

describe('pure code', () => {
  it('reads no clock, randomness, environment, network or timer', () => {
    const found = sources.flatMap(file =>
      impureLinesIn(file, readFileSync(file, 'utf8')).map(line => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    'const now = Date.now();',
    'const at = new Date();',
    'return Math.random();',
    'process.env.STAGE',
  ])('would be caught with %s', line => {
    expect(impureLinesIn('adapters/file-lane/core/csv/reader.ts', line)).toEqual([line]);
    expect(impureLinesIn('adapters/file-lane/flow/drive.ts', line)).toEqual([]);
  });
});

describe('contracts', () => {
  const integrations = sources.filter(file => /^integrations\/[^/]+\/contract\.ts$/.test(file));

  it('import at most three modules, and one kit', () => {
    expect(integrations.length).toBeGreaterThan(5);
    for (const file of integrations) {
      const targets = imports.filter(({ from }) => from === file).map(({ to }) => to);
      expect([file, targets.length <= 3, targets.filter(to => to.endsWith('/kit.ts')).length]).toEqual([
        file,
        true,
        1,
      ]);
    }
  });
});

describe('the rules', () => {
  it.each([
    ['shared/core/batch/pack.ts', '@aws-sdk/client-s3'],
    ['adapters/cdc-feed/core/change/column.ts', 'node:fs'],
    ['adapters/file-lane/flow/drive.ts', 'node:http'],
    ['adapters/file-lane/core/csv/reader.ts', '@aws-sdk/client-s3'],
    ['adapters/file-lane/core/csv/reader.ts', 'adapters/webhook-fence/core/json/tokens.ts'],
    ['adapters/file-lane/flow/steps/settle.ts', 'shared/aws/s3-files.ts'],
    ['adapters/file-lane/derive/lane-guide.ts', 'adapters/derive/runbook.ts'],
    ['shared/ports.ts', 'adapters/file-lane/ports.ts'],
    ['local/front.ts', 'functions/file-lane.ts'],
    ['integrations/acme-orders/contract.ts', 'shared/core/mapping/text.ts'],
    ['functions/file-lane.ts', 'aws-cdk-lib'],
    ['elsewhere/file.ts', 'shared/ports.ts'],
  ])('keep %s from importing %s', (from, to) => {
    expect(isForbidden({ from, to })).toBe(true);
  });

  it.each([
    ['functions/file-lane.ts', 'adapters/file-lane/flow/take-message.ts'],
    ['adapters/file-lane/aws/dynamo-ledger.ts', '@aws-sdk/client-dynamodb'],
    ['integrations/acme-orders/contract.ts', 'adapters/file-lane/kit.ts'],
  ])('let %s import %s', (from, to) => {
    expect(isForbidden({ from, to })).toBe(false);
  });
});

describe('reading imports', () => {
  it('finds every form, and none in text', () => {
    const text = `
      import a from './a.ts';
      import type { B } from './b.ts';
      export { c } from './c.ts';
      export * from './d.ts';
      import './e.ts';
      type F = import('./f.ts').F;
      const g = async () => (await import('./g.ts')).g;
      const h = "import { h } from './h.ts'";`;
    expect([...importsIn(text)].sort()).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => `./${name}.ts`),
    );
  });

  it('follows the names of package.json', () => {
    expect(targetOf('cli/drop.ts', './demo/cloud.ts')).toBe('cli/demo/cloud.ts');
    expect(targetOf('cli/drop.ts', '#shared/ports.ts')).toBe('shared/ports.ts');
    expect(targetOf('cli/drop.ts', '#kit/file-lane')).toBe('adapters/file-lane/kit.ts');
    expect(targetOf('cli/drop.ts', '#kit/event')).toBe('shared/contract/event-kit.ts');
    expect(targetOf('cli/drop.ts', 'zod')).toBe('zod');
  });

  it('finds circles, of two files and of more', () => {
    const way = (...files: string[]) => files.slice(1).map((to, i) => ({ from: files[i]!, to }));
    expect(circlesIn(way('a', 'b', 'c'))).toEqual([]);
    expect(circlesIn([...way('a', 'b', 'a'), ...way('b', 'c', 'd', 'e', 'c')])).toEqual([
      'a > b > a',
      'c > d > e > c',
    ]);
  });
});
