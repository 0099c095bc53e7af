import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleFunctions } from '#infra/bundle.ts';
import { laneEntry } from '#infra/file-lane/lane-contracts.ts';

const handler = `
import { sep } from 'node:path';
import legacy from './legacy.cjs';
export const fileLane = contract => () => [contract.id, sep, legacy.platform()];
`;
const legacy = `module.exports = { platform: () => require('node:os').platform() };`;

function repository(): string {
  const root = mkdtempSync(join(tmpdir(), 'edge-bundle-'));
  write(root, 'functions/file-lane.ts', handler);
  write(root, 'functions/legacy.cjs', legacy);
  for (const id of ['a', 'b']) writeContract(root, id, id);
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const writeContract = (root: string, id: string, name: string): void =>
  write(root, `integrations/${id}/contract.ts`, `export default { id: '${name}' };\n`);

const read = (root: string, path: string): string => readFileSync(join(root, '.build/bundles', path), 'utf8');

const lanes = ['a', 'b'].map(id => laneEntry(id));

describe('bundles', () => {
  it('hold a handler each, made of its own contract', async () => {
    const root = repository();
    await bundleFunctions(lanes, root);
    const loaded = await import(join(root, '.build/bundles/b/index.mjs'));
    expect(loaded.handler()).toEqual(['b', '/', process.platform]);
  });

  it('come with a source map beside them', async () => {
    const root = repository();
    await bundleFunctions(lanes, root);
    expect(read(root, 'a/index.mjs')).toContain('//# sourceMappingURL=index.mjs.map');
    expect(JSON.parse(read(root, 'a/index.mjs.map')).sources).toContain('../../../functions/file-lane.ts');
  });

  it('change for the integration that changed, and for no other', async () => {
    const root = repository();
    await bundleFunctions(lanes, root);
    const before = ['a', 'b'].map(id => read(root, `${id}/index.mjs`));
    writeContract(root, 'a', 'other');
    await bundleFunctions(lanes, root);
    expect(read(root, 'a/index.mjs')).not.toBe(before[0]);
    expect(read(root, 'b/index.mjs')).toBe(before[1]);
  });
});
