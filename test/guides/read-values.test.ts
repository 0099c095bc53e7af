import { readFileSync } from 'node:fs';
import * as kit from '#kit/file-lane';
import type { Field } from '#shared/contract/field.ts';
import { Refusal } from '#shared/contract/field.ts';
import { verbs } from '#shared/contract/names.ts';
import * as readers from '#shared/core/mapping/author-kit.ts';

const guide = readFileSync('docs/guides/read-values.md', 'utf8');

/** Evaluates an expression of the guide with what the kit exports. */
function evaluate<T>(expression: string): T {
  const names = Object.keys(kit);
  const values = Object.values(kit);
  return new Function(...names, `return (${expression});`)(...values) as T;
}

/** The cells of a table's rows, without the marks of code. */
const rowsUnder = (heading: string): string[][] => {
  const [, after = ''] = guide.split(heading);
  const [table = ''] = /(?:\|.*\n)+/.exec(after) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
};

describe('the guide to readers', () => {
  it.each(rowsUnder('is in `optional()`'))('tells the truth about %s', (reader, text = '', value = '') => {
    const field = evaluate<Field<unknown>>(reader);
    expect(JSON.stringify(field.read(text))).toBe(JSON.stringify(JSON.parse(value)));
  });

  it.each(rowsUnder('that you return:'))('tells the truth about %s', (call, value = '') => {
    expect(evaluate(call)).toEqual(JSON.parse(value));
  });

  it('names everything that a contract can read values with', () => {
    for (const name of Object.keys(readers)) expect(guide).toMatch(new RegExp(`\\b${name}\\b`));
    expect(readers.utcText(1_793_607_300)).toBe('2026-11-02T08:15:00Z');
  });

  it('shows a reader of one’s own that works', () => {
    const [, source = ''] = /export const packs = (.*?);\n```/s.exec(guide) ?? [];
    const packs = evaluate<Field<number>>(source);
    expect(packs.read('3/12')).toBe(36);
    expect(packs.read('3')).toBeInstanceOf(Refusal);
    expect(packs.read(' ')).toMatchObject({ code: 'MISSING_VALUE' });
  });
});

test('the guide to a partner names every verb of an event', () => {
  const text = readFileSync('docs/guides/add-a-partner.md', 'utf8');
  for (const [category, words] of Object.entries(verbs)) {
    const row = text.split('\n').find(line => line.startsWith(`| \`${category}\` |`)) ?? '';
    expect([...row.matchAll(/`([a-z-]+)`/g)].map(([, word]) => word)).toEqual([category, ...words]);
  }
});
