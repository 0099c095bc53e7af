import fc from 'fast-check';
import {
  type Answer,
  answerIn,
  answerOf,
  isNewer,
  metadataOf,
} from '#adapters/file-lane/core/acknowledgement/answer.ts';
import { compareSequencers, sequencerIn } from '#adapters/file-lane/core/outcome/sequencer.ts';

const answer = (id: string, seconds: number, hex?: string, key = 'a/in/a.csv'): Answer =>
  answerOf(
    {
      id,
      receivedAt: new Date(seconds * 1000).toISOString(),
      sequencer: hex === undefined ? undefined : { key, hex },
    },
    false,
  );

describe('sequencers', () => {
  it.each([
    ['0055AED6DCD90281E5', '0055AED6DCD90281E6', -1],
    ['0055AED6DCD90281E5', '0055aed6dcd90281e5', 0],
    ['0055AED6DC', '0055AED6DC00', 0],
    ['0055AED6DD', '0055AED6DCD90281E5', 1],
    ['', '0', 0],
  ])('%s and %s compare as %i: the shorter is padded on the right', (a, b, order) => {
    expect(compareSequencers(a, b)).toBe(order);
    expect(compareSequencers(b, a)).toBe(0 - order);
  });

  it.each([undefined, '', 'xyz', '12 34'])('are not taken from %j', sequencer => {
    expect(sequencerIn({ key: 'k', sequencer })).toBeUndefined();
  });
});

describe('of two answers, the newer is', () => {
  it.each([
    [
      'of one key the one with the greater sequencer, whatever the time',
      answer('a', 1, '0B'),
      answer('b', 2, '0A'),
    ],
    ['of one second and one key too', answer('a', 1, '0B'), answer('b', 1, '0A')],
    ['of different keys the later', answer('a', 2, '0A', 'k.sig'), answer('b', 1, '0B')],
    [
      'of different keys in one second the one with the greater sequencer',
      answer('a', 1, '0B', 'k.sig'),
      answer('b', 1, '0A'),
    ],
    ['without a sequencer the later', answer('a', 2), answer('b', 1, '0B')],
    ['of those alike always the same', answer('b', 1), answer('a', 1)],
    ['any, where an older release wrote the other', answer('a', 1), undefined],
  ])('%s', (_, newer, older) => {
    expect(isNewer(newer, older)).toBe(true);
    expect(isNewer(older, newer)).toBe(false);
    expect(isNewer(newer, newer)).toBe(false);
  });
});

test('an answer comes back from its metadata, which are short ASCII text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), fc.boolean(), (key, hasRejectedRows) => {
      const told = { id: 'h-1', receivedAt: '2026-11-02T08:15:00.000Z', sequencer: { key, hex: '0a1F' } };
      const written = answerOf(told, hasRejectedRows);
      const metadata = metadataOf(written);
      expect(answerIn(metadata)).toEqual(written);
      expect(Object.entries(metadata).join('')).toMatch(/^[\x20-\x7e]{1,300}$/);
    }),
  );
  expect(answerIn(metadataOf(answer('a', 1)))).toEqual(answer('a', 1));
  expect(answerIn({})).toBeUndefined();
});
