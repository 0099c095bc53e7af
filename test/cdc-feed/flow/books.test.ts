import { balances, booksOf } from '#adapters/cdc-feed/core/feed/books.ts';

describe('the books of a batch', () => {
  it('count each outcome', () => {
    const books = booksOf(4, ['published', 'skipped', 'quarantined', 'duplicate']);
    expect(books.tally).toEqual({ published: 1, skipped: 1, quarantined: 1, duplicate: 1, rejected: 0 });
    expect(books).toMatchObject({ again: 0, failedAt: undefined });
    expect(balances(books)).toBe(true);
  });

  it('end at the first record that must come again: what was done behind it counts when it comes', () => {
    const books = booksOf(4, ['published', undefined, 'published', undefined]);
    expect(books).toMatchObject({ again: 3, failedAt: 1, tally: { published: 1 } });
    expect(balances(books)).toBe(true);
  });

  it('do not balance when a record of the event has no end', () => {
    expect(balances(booksOf(3, ['published', 'published']))).toBe(false);
    expect(balances(booksOf(3, ['published', undefined]))).toBe(false);
  });
});
