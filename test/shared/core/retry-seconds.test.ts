import { limits } from '#shared/contract/limits.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';

describe('the delay before a message is received again', () => {
  it('is 10 seconds at first and doubles with each receive', () => {
    expect([1, 2, 3, 4].map(retrySeconds)).toEqual([10, 20, 40, 80]);
  });

  it('is at most the longest run of a function', () => {
    expect(retrySeconds(10)).toBe(limits.functionSecondsMax);
    expect(retrySeconds(10_000)).toBe(limits.functionSecondsMax);
  });
});
