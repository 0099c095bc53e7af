import { integer, text as textColumn } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import type { Change } from '#adapters/cdc-feed/core/change/change.ts';
import { driftFault, driftFinder } from '#adapters/cdc-feed/core/feed/drift.ts';
import type { Field } from '#shared/contract/field.ts';

const text: Field<string> = { form: 'text', read: raw => raw };
const none = { skip: 'means nothing here' };
const carts = table({
  key: ['id'],
  columns: { id: { type: textColumn(), read: text }, visits: { type: integer(), read: text } },
  events: { created: none, updated: none, deleted: none },
  map: () => ({}),
});
const changeOf = (after: object) => ({ after, unavailable: [] }) as unknown as Change;
const [first, second] = [{ 'ada@example.com': '3' }, { 'eve@example.com': '4', other: '5' }].map(keys =>
  changeOf({ id: '1', visits: '3', ...keys }),
);

describe('attributes that the contract does not know', () => {
  it('are named of a table, each difference for itself', () => {
    const find = driftFinder('public.carts', carts, { documents: false });
    expect(find(first!)?.unknown).toEqual(['ada@example.com']);
    expect(find(second!)?.fingerprint).not.toBe(find(first!)?.fingerprint);
  });

  it('are not named of documents, whose keys may be personal, and are one difference', () => {
    const find = driftFinder('shop.carts', carts, { documents: true });
    const drift = find(first!)!;
    expect(JSON.stringify([drift, driftFault(drift)])).not.toContain('ada@example.com');
    expect(drift.unknown).toHaveLength(1);
    expect(find(second!)?.fingerprint).toBe(drift.fingerprint);
    expect(find(changeOf({ id: '1', visits: '3' }))).toBeUndefined();
  });
});
