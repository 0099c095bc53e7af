import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const flow = join(import.meta.dirname, '../../../adapters/file-lane/flow');
const steps = readdirSync(join(flow, 'steps'));
const importsOf = (path: string): string[] =>
  [...readFileSync(join(flow, path), 'utf8').matchAll(/(?:from |import\()'([^']+)'/g)].map(
    ([, from]) => from!,
  );

describe('the steps of a file’s way', () => {
  it.each(steps)('%s calls no other step and takes no lease', step => {
    const forbidden = importsOf(join('steps', step)).filter(
      from => from.startsWith('./') || /\/(steps\/|leases|drive)/.test(from),
    );
    expect(forbidden).toEqual([]);
  });

  it('are called by the driver alone', () => {
    const callers = readdirSync(flow)
      .filter(file => file.endsWith('.ts'))
      .filter(file => importsOf(file).some(from => from.startsWith('./steps/')));
    expect(callers).toEqual(['drive.ts']);
    const driven = importsOf('drive.ts').filter(from => from.startsWith('./steps/'));
    expect(driven).toHaveLength(steps.length);
  });
});
