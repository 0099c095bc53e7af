import fc from 'fast-check';
import { positionSequence } from '#shared/core/envelope/sequence.ts';

const receivedAt = '2026-11-02T08:15:00.000Z';
const sequencer = '0055AED6DCD90281E5';

describe('the sequence of a position', () => {
  it.each([
    [{ receivedAt, sequencer }, '20261102081500000000000.0055AED6DCD90281E500000000000000.000000000007'],
    [
      { receivedAt, sequencer: '0055aed6' },
      '20261102081500000000000.0055AED6000000000000000000000000.000000000007',
    ],
    [{ receivedAt }, '20261102081500000000000.00000000000000000000000000000000.000000000007'],
    [
      { receivedAt, sequencer, period: '2026-11-01' },
      '20261101000000.20261102081500000000000.0055AED6DCD90281E500000000000000.000000000007',
    ],
  ])('of %j', (position, expected) => {
    expect(positionSequence(position)(7)).toBe(expected);
  });

  it('is greater in the file with the greater sequencer, at any record', () => {
    const hex = fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }).map(n => n.toString(16).padStart(18, '0'));
    const record = fc.integer({ min: 1, max: 999_999_999_999 });
    fc.assert(
      fc.property(hex, hex, record, record, (a, b, left, right) => {
        fc.pre(a !== b);
        const [one, other] = [a, b].map(one => positionSequence({ receivedAt, sequencer: one }));
        expect(one!(left) < other!(right)).toBe(a < b);
      }),
    );
  });
});
