import fc from 'fast-check';
import { idOf } from '#shared/core/identity/event-id.ts';
import { addDigests, digestOf, emptyDigest, isSameDigest } from '#shared/core/identity/id-digest.ts';

const ids = fc.uniqueArray(
  fc.string().map(text => idOf(text)),
  { maxLength: 50 },
);

describe('a digest of ids', () => {
  it('counts them, and adds the first 128 bits of each', () => {
    const id = (first: string) => first.padEnd(32, '0') + 'f'.repeat(32);
    expect(digestOf([])).toEqual(emptyDigest);
    expect(digestOf([id('8'), id('7')])).toEqual({ count: 2, sum: 'f'.padEnd(32, '0') });
    expect(digestOf([id('8'), id('9')])).toEqual({ count: 2, sum: '1'.padEnd(32, '0') });
  });

  it('is the same in any order and for any parts', () => {
    fc.assert(
      fc.property(ids, fc.nat(50), fc.nat(50), (all, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const parts = [all.slice(0, low), all.slice(low, high), all.slice(high)].map(digestOf);
        const [one, two, three] = parts as [typeof emptyDigest, typeof emptyDigest, typeof emptyDigest];
        expect(addDigests(one, two, three)).toEqual(digestOf([...all].reverse()));
        expect(addDigests(addDigests(three, one), two)).toEqual(addDigests(one, addDigests(two, three)));
      }),
    );
  });

  it('tells sets apart that differ in one id', () => {
    fc.assert(
      fc.property(ids, fc.nat(), (all, n) => {
        if (all.length === 0) return;
        const others = all.filter((_, i) => i !== n % all.length);
        expect(isSameDigest(digestOf(others), digestOf(all))).toBe(false);
        expect(isSameDigest(digestOf([...others, idOf('another', String(n))]), digestOf(all))).toBe(false);
      }),
    );
  });
});
