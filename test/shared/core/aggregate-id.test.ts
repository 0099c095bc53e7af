import fc from 'fast-check';
import { aggregateParts } from '#shared/consumer/aggregate-parts.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';

const stock = { aggregateId: ['sku', 'warehouse'] };
const idOf = (sku: unknown, warehouse: unknown) => aggregateIdOf(stock, { sku, warehouse });

/** Texts in which what joins and what escapes is common. */
const part = fc.string({
  unit: fc.oneof(fc.constantFrom('/', '%', '2', '5', 'F'), fc.string({ maxLength: 2 })),
});

describe('an aggregate’s id', () => {
  it('of one property is its text as it is', () => {
    expect(aggregateIdOf({ aggregateId: ['path'] }, { path: 'a/b %2F' })).toBe('a/b %2F');
    expect(aggregateParts({ aggregateId: ['path'] }, 'a/b %2F')).toEqual(['a/b %2F']);
  });

  it('of several is joined by a slash, and the texts stand in it as they are', () => {
    expect(idOf('4711', 'HH1')).toBe('4711/HH1');
    expect(idOf('Schäkel #3 & 50~%', 7)).toBe('Schäkel #3 & 50~%25/7');
  });

  it('tells apart parts that a bare slash would join to the same text', () => {
    expect([idOf('A', '1/X'), idOf('A/1', 'X')]).toEqual(['A/1%2FX', 'A%2F1/X']);
    expect([idOf('a/b', 'c'), idOf('a%2Fb', 'c')]).toEqual(['a%2Fb/c', 'a%252Fb/c']);
  });

  it('gives its parts back, whatever they hold', () => {
    fc.assert(
      fc.property(part, part, (sku, warehouse) => {
        expect(aggregateParts(stock, idOf(sku, warehouse))).toEqual([sku, warehouse]);
      }),
    );
  });

  it('can be taken apart by any URI decoder', () => {
    fc.assert(
      fc.property(part, part, (sku, warehouse) => {
        expect(idOf(sku, warehouse).split('/').map(decodeURIComponent)).toEqual([sku, warehouse]);
      }),
    );
  });
});
