import fc from 'fast-check';
import { limits } from '#shared/contract/limits.ts';
import { backoffMilliseconds } from '#shared/core/batch/backoff.ts';
import type { BusAnswer, BusEntry } from '#shared/core/batch/bus-entry.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { entryBytes, pack } from '#shared/core/batch/pack.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';

const entry = (detail: string): BusEntry => ({
  id: detail,
  source: 'shop',
  detailType: 'shop.item.created.v1',
  detail,
});
const clock = { sleep: async () => {}, random: () => 0.5 };

describe('packing', () => {
  it('keeps order, loses nothing, and holds both bounds', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(sizes, lengths => {
        const entries = lengths.map((length, i) => entry(`${i}${'ü'.repeat(length / 2)}`));
        const batches = pack(entries);
        expect(batches.flat()).toEqual(entries);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(limits.putEventsEntriesMax);
          expect(batch.reduce((sum, one) => sum + entryBytes(one), 0)).toBeLessThanOrEqual(
            limits.putEventsBytesMax,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('fills requests: small entries go ten by ten', () => {
    expect(pack(Array.from({ length: 25 }, (_, i) => entry(String(i)))).map(batch => batch.length)).toEqual([
      10, 10, 5,
    ]);
  });
});

describe('publishing', () => {
  it('asks again only for what was not taken, and gives up after the attempts allowed', async () => {
    const asked: number[] = [];
    const bus = {
      put: async (entries: readonly BusEntry[]): Promise<BusAnswer[]> => {
        asked.push(entries.length);
        return entries.map(one =>
          one.detail === '3' ? { kind: 'throttled', reason: 'ThrottlingException' } : { kind: 'accepted' },
        );
      },
    };
    const answers = await publish(['1', '2', '3'].map(entry), { bus, clock });
    expect(answers.map(answer => answer.kind)).toEqual(['accepted', 'accepted', 'throttled']);
    expect(asked).toEqual([3, ...Array(limits.publishAttemptsMax - 1).fill(1)]);
  });

  it('stops at once when access is denied', async () => {
    let calls = 0;
    const bus = {
      put: async (entries: readonly BusEntry[]): Promise<BusAnswer[]> => {
        calls++;
        return entries.map(() => ({ kind: 'denied', reason: 'x' }));
      },
    };
    await publish([entry('1')], { bus, clock });
    expect(calls).toBe(1);
  });
});

describe('backoff', () => {
  it('grows, is capped, and is jittered over its whole range', () => {
    expect(backoffMilliseconds(1, 0)).toBe(0);
    expect(backoffMilliseconds(1, 0.999)).toBeLessThan(limits.backoffBaseMilliseconds);
    expect(backoffMilliseconds(3, 0.999)).toBeGreaterThan(backoffMilliseconds(1, 0.999));
    expect(backoffMilliseconds(50, 0.999)).toBeLessThan(limits.backoffCapMilliseconds);
  });
});

describe('work in parallel', () => {
  it('never exceeds its width and keeps the order of results', async () => {
    let under = 0;
    let most = 0;
    const results = await inParallel([5, 1, 3, 2, 4], 2, async n => {
      most = Math.max(most, ++under);
      for (let i = 0; i < n; i++) await Promise.resolve();
      under--;
      return n * 10;
    });
    expect(results).toEqual([50, 10, 30, 20, 40]);
    expect(most).toBe(2);
  });

  it('awaits what is under way before it throws, and begins nothing new', async () => {
    const ended: number[] = [];
    const run = inParallel([1, 2, 3, 4], 2, async n => {
      if (n === 1) throw new Error('first');
      for (let i = 0; i < 5; i++) await Promise.resolve();
      ended.push(n);
    });
    await expect(run).rejects.toThrow('first');
    expect(ended).toEqual([2]);
  });
});

describe('the delay before a message is tried again', () => {
  it('doubles from 10 seconds, up to the longest that a function may run', () => {
    expect([1, 2, 3, 7, 8, 50].map(retrySeconds)).toEqual([10, 20, 40, 640, 900, 900]);
  });
});
