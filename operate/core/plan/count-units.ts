import { limits } from '#shared/contract/limits.ts';
import type { Found } from './plan.ts';
import { addToDigest, emptyDigest } from './plan-digest.ts';

/** What is counted of a unit. */
export interface CountedUnit {
  /** The same whenever it is selected. */
  readonly id: string;
  /** In words, without content of the input. */
  readonly about: string;
  /** Whether it is like another unit of the plan, or was done before. */
  readonly isRepeat: boolean;
}

export const nothingFound: Found = { units: 0, repeats: 0, digest: emptyDigest, samples: [], more: false };

export const addUnits = (found: Found, units: readonly CountedUnit[], more: boolean): Found => ({
  units: found.units + units.length,
  repeats: found.repeats + units.filter(({ isRepeat }) => isRepeat).length,
  digest: addToDigest(
    found.digest,
    units.map(({ id }) => id),
  ),
  samples: [...found.samples, ...units.map(({ about }) => about)].slice(0, limits.planSamples),
  more: found.more || more,
});
