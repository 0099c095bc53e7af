import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireSafeExpressions } from '#infra/expressions/check-expressions.ts';
import { findExpressions } from '#infra/expressions/find-expressions.ts';
import { judgeExpression } from '#infra/expressions/judge-expression.ts';

describe('regular expressions of contracts and events', () => {
  it('are found wherever they are written', () => {
    const source = `
      const a = text({ max: 20, pattern: /\\d+/i });
      const b = (raw: string) => raw.replace(/a|b/g, '') as string;
      const c = z.string().regex(new RegExp('^x+$', 'u'));
      const d = RegExp('y');
      const notOne = 'a / b / c';
    `;
    expect(findExpressions(source)).toEqual([
      { pattern: '\\d+', flags: 'i' },
      { pattern: 'a|b', flags: 'g' },
      { pattern: '^x+$', flags: 'u' },
      { pattern: 'y', flags: '' },
    ]);
  });

  it.each([
    ['^(\\w+\\s?)*$', 'exponential'],
    ['^\\d*\\d*x$', 'polynomial'],
  ])('are refused when a text makes them run for very long: /%s/', async (pattern, how) => {
    const problem = await judgeExpression({ pattern, flags: '' });
    expect(problem).toContain('can run for very long');
    expect(problem).toContain(how);
    expect(problem).toContain('for example on ');
  });

  it('are named with their file when templates are made', async () => {
    const root = mkdtempSync(join(tmpdir(), 'edge-expressions-'));
    for (const folder of ['integrations/acme', 'events']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'integrations/acme/contract.ts'), 'export const form = /^(a+)+$/;');
    await expect(requireSafeExpressions(root)).rejects.toThrow(
      'integrations/acme/contract.ts: /^(a+)+$/ can run for very long',
    );
    rmSync(root, { recursive: true });
  });

  it('of this repository are safe', async () => {
    await expect(requireSafeExpressions()).resolves.toBeUndefined();
  });
});
