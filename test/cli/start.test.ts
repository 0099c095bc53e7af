import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fittedTable } from '#cli/demo/fitted-table.ts';
import { hashInputs } from '#cli/start/inputs-hash.ts';
import { readCall } from '#cli/start/read-call.ts';
import { showStep } from '#cli/start/step.ts';

describe('the call of npm start', () => {
  it('names the integrations to bring up, or none for all', () => {
    expect(readCall([])).toEqual({
      ...{ only: undefined, once: false, verbose: false, keep: false },
    });
    expect(readCall(['acme-orders', '--once'])).toMatchObject({ only: ['acme-orders'], once: true });
  });

  it('takes a seed of chaos, or makes one', () => {
    expect(readCall(['--chaos=7', 'acme-orders'])).toMatchObject({ chaos: '7', only: ['acme-orders'] });
    expect(readCall(['--chaos']).chaos).toMatch(/^\d+$/);
    expect(readCall(['--chaos', 'acme-orders']).only).toEqual(['acme-orders']);
  });

  it('says how to call it when an option is not known', () => {
    expect(() => readCall(['--wat'])).toThrow('usage: npm start');
  });

  it('tells which integrations there are when one is not', () => {
    expect(() => readCall(['acme'])).toThrow(/no integration "acme"[\s\S]*acme-orders/);
  });
});

describe('a step', () => {
  const output = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, columns: 20, write: (text: string) => written.push(text) > 0 };
  };

  it('is one line where nobody watches', async () => {
    const pipe = output(false);
    await showStep('Samples', async tell => tell('1 settled'), pipe as never);
    expect(pipe.written.map(stripVTControlCharacters).join('')).toMatch(/^✓ Samples \(\d+\.\d s\)\n$/);
  });

  it('rewrites its line on a terminal, and never wraps', async () => {
    const terminal = output(true);
    await showStep('Samples', async tell => tell('a very long progress text'), terminal as never);
    const shown = terminal.written.map(text => stripVTControlCharacters(text).replace('\r', ''));
    expect(shown[1]).toBe('  Samples: a very l');
    expect(terminal.written.filter(text => text.includes('\n'))).toHaveLength(1);
  });

  it('shows that it failed, and throws on', async () => {
    const pipe = output(false);
    const failing = showStep('Samples', async () => Promise.reject(new Error('no')), pipe as never);
    await expect(failing).rejects.toThrow('no');
    expect(pipe.written.join('')).toContain('✗');
  });
});

describe('a table', () => {
  const rows = [
    ['a-lane-with-a-long-name', 'a-file-with-an-even-longer-name.csv', '12', '0', 'yes'],
    ['b', 'b.csv', '1', '0', 'yes'],
  ];
  const grid = {
    columns: ['lane', 'file', 'received', 'skipped', 'as expected'],
    numeric: new Set(['received', 'skipped']),
    optional: new Set(['skipped']),
    rows,
  };
  const widest = (width: number): number =>
    Math.max(
      ...fittedTable(grid, width)
        .split('\n')
        .map(line => stripVTControlCharacters(line).length),
    );

  it.each([200, 80, 60, 50])('fits %i characters', width => {
    expect(widest(width)).toBeLessThanOrEqual(width);
  });

  it('never cuts a column that is typed again, and leaves out what it can spare before it cuts', () => {
    const name = 'a-name-that-an-operator-types';
    const typed = {
      ...{ columns: ['name', 'seen', 'other'], numeric: new Set<string>() },
      ...{ whole: new Set(['name']), spare: new Set(['seen']) },
      rows: [[name, '11-29 00:25', 'what may well be cut in its middle']],
    };
    const narrow = fittedTable(typed, 50);
    expect(narrow).toContain(name);
    expect(narrow).not.toContain('seen');
    expect(narrow).toContain('…');
    expect(fittedTable(typed, 90)).toContain('seen');
  });

  it('keeps the beginning and the end of a name that it cuts', () => {
    expect(fittedTable(grid, 50)).toMatch(/│a-\S*…\S*\.csv│/);
  });
});

describe('the inputs of the synthesis', () => {
  it('have another hash when a contract changes, and the same when a sample does', () => {
    const root = mkdtempSync(join(tmpdir(), 'edge-inputs-'));
    mkdirSync(join(root, 'integrations/a/samples'), { recursive: true });
    const write = (path: string, text: string) => writeFileSync(join(root, 'integrations/a', path), text);
    write('contract.ts', '1');
    const before = hashInputs(root);
    write('samples/a.csv', '1');
    expect(hashInputs(root)).toBe(before);
    write('contract.ts', '2');
    expect(hashInputs(root)).not.toBe(before);
  });
});
