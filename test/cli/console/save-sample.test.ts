import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveSample } from '#cli/console/save-sample.ts';
import { writeSample } from '#cli/console/write-sample.ts';
import { Failure } from '#cli/edge/failure.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'edge-samples-'));
  mkdirSync(join(root, 'acme', 'samples'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const files = { 'expected.json': '{}\n', 'o.csv': 'a\n1\n' };
const sample = { integration: 'acme', name: 'late', replace: false };

describe('what was tried', () => {
  it('becomes a sample, and replaces one only where that is asked for', () => {
    const folder = join(root, 'acme', 'samples', 'late');
    expect(writeSample(sample, files, root)).toEqual({ folder, saved: ['expected.json', 'o.csv'] });
    expect(writeSample(sample, { 'o.csv': 'other' }, root)).toEqual({ folder, saved: [] });
    expect(readFileSync(join(folder, 'o.csv'), 'utf8')).toBe('a\n1\n');
    writeSample({ ...sample, replace: true }, { 'o.csv': 'other' }, root);
    expect(readFileSync(join(folder, 'o.csv'), 'utf8')).toBe('other');
  });

  it('follows no link out of the folder', () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'o.csv'), 'kept');
    const folder = join(root, 'acme', 'samples', 'late');
    symlinkSync(outside, folder);
    expect(() => writeSample({ ...sample, replace: true }, files, root)).toThrow(Failure);
    rmSync(folder);
    mkdirSync(folder);
    symlinkSync(join(outside, 'o.csv'), join(folder, 'o.csv'));
    writeSample({ ...sample, replace: true }, files, root);
    expect(readFileSync(join(outside, 'o.csv'), 'utf8')).toBe('kept');
    expect(existsSync(join(outside, 'expected.json'))).toBe(false);
  });

  it.each([
    ['a name that is a path', { name: '../late' }],
    ['a name that is no folder', { name: '' }],
    ['a file that is a path', { tried: { kind: 'file', id: 'x', file: '../o.csv', text: '' } }],
    ['a file that is a folder', { tried: { kind: 'file', id: 'x', file: '..', text: '' } }],
    ['the name of what is expected', { tried: { kind: 'file', id: 'x', file: 'expected.json', text: '' } }],
    ['an integration that there is not', { integration: '../acme' }],
  ])('is not saved under %s', async (_, change) => {
    const tried = { kind: 'file', id: 'x', file: 'o.csv', text: '' };
    const input = { integration: 'acme-orders', name: 'late', about: 'Late orders.', tried, ...change };
    const place = {
      stage: undefined,
      region: 'r',
      identities: [],
      cloud: undefined,
      api: () => ({}) as never,
    };
    const call = { name: 'saveSample', input, as: undefined };
    await expect(saveSample(place, call)).rejects.toThrow(Failure);
  });
});
