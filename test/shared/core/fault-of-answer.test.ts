import { faultOfAnswer, isAccepted } from '#shared/core/batch/fault-of-answer.ts';

describe('the fault of an entry that the bus has not taken', () => {
  it.each([
    ['denied', 'ACCESS_DENIED', 'the bus refused the function: why'],
    ['throttled', 'BUS_UNAVAILABLE', 'the bus did not take events: why'],
    ['unknown', 'PUBLISH_UNKNOWN', 'the bus gave no answer: why'],
    ['refused', 'PUBLISH_REFUSED', 'the bus answered why'],
  ] as const)('%s is %s', (kind, code, detail) => {
    const answer = { kind, reason: 'why' };
    expect(isAccepted(answer)).toBe(false);
    expect(faultOfAnswer(answer, { line: 2 })).toMatchObject({ code, detail, at: { line: 2 } });
  });

  it('is none where the bus has taken it', () => {
    expect(isAccepted({ kind: 'accepted' })).toBe(true);
  });
});
