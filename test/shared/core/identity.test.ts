import fc from 'fast-check';
import { handoffId, idOf, integrationOf } from '#shared/core/identity/event-id.ts';
import { idempotencyKeyOf } from '#shared/core/identity/idempotency-key.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';

describe('an id', () => {
  it('differs for any two different lists of parts', () => {
    const parts = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(idOf(...a) === idOf(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('is not fooled by where one part ends and the next begins', () => {
    expect(idOf('ab', 'c')).not.toBe(idOf('a', 'bc'));
    expect(idOf('1:a')).not.toBe(idOf('1', 'a'));
  });

  it('is the SHA-256 of its framed parts, so that it is the same in every process', () => {
    expect(idOf('shop', 'shop-items', 'i-1')).toBe(
      '2da60a01587a5b24d51e64427da9020bdab62ff385174f2233ebc37d339db7e3',
    );
  });

  it('of a hand-off carries its integration', () => {
    const id = handoffId('shop-items', 'bucket', 'key', 'v1');
    expect(id).toMatch(/^shop-items\.[0-9a-f]{40}$/);
    expect(integrationOf(id)).toBe('shop-items');
  });
});

describe('an idempotency key', () => {
  it('joins what names a thing and its version, as they are', () => {
    expect(idempotencyKeyOf(['acme-orders', 'A-1'], '2026-11-01T10:00:00Z')).toBe(
      'acme-orders:A-1:2026-11-01T10:00:00Z',
    );
  });

  it('is another for any other name of as many parts, whatever stands in them', () => {
    const parts = fc.tuple(fc.string({ unit: fc.constantFrom('a', ':', '%', '3', 'A') }), fc.string());
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(idempotencyKeyOf(a, '7') === idempotencyKeyOf(b, '7')).toBe(a[0] === b[0] && a[1] === b[1]);
      }),
    );
  });
});

describe('a traceparent', () => {
  it('has the W3C form and is the same for every retry', () => {
    expect(traceparentOf('shop-items.x')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceparentOf('shop-items.x')).toBe(traceparentOf('shop-items.x'));
  });
});
