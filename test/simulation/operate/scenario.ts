import type { Random } from '../shared/random.ts';
import type { Wish } from './operator.ts';

export interface TimedWish {
  readonly wish: Wish;
  readonly afterSeconds: number;
}

const dayMilliseconds = 86_400_000;

/** What a person wants to have done, and when. */
export const wishesOf = (random: Random, integration: string, now: number): readonly TimedWish[] =>
  Array.from({ length: random.between(0, 4) }, () => ({
    wish: {
      integration,
      unitsASecond: random.pick([1, 10, 50]),
      ...random.pick<Pick<Wish, 'kind' | 'filter'>>([
        { kind: 'redrive', filter: {} },
        { kind: 'resubmit', filter: {} },
        { kind: 'resubmit', filter: { state: 'partial' } },
        { kind: 'replay', filter: { ...spanOf(now), consumer: 'billing' } },
        { kind: 'replay', filter: spanOf(now) },
      ]),
    },
    afterSeconds: random.between(0, 6 * 3_600),
  }));

const spanOf = (now: number) => ({
  from: new Date(now - 3_600_000).toISOString(),
  to: new Date(now + dayMilliseconds).toISOString(),
});
