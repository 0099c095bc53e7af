import { limits } from '#shared/contract/limits.ts';
import { type Counts, sumCounts } from '../sum-counts.ts';
import type { Found } from './plan.ts';
import { addToDigest, emptyDigest } from './plan-digest.ts';

/** What is counted of a unit. */
export interface CountedUnit {
  /** The same whenever it is selected. */
  readonly id: string;
  /** In words, without content of the input. */
  readonly about: string;
  /** How many units of the plan it is, where it is more than one: the rows of a file. They are done together. */
  readonly size?: number;
  /** Whether it is like another unit of the plan, or was done before. */
  readonly isRepeat: boolean;
}

/** What a page of a selection holds. */
export interface CountedPage {
  readonly units: readonly CountedUnit[];
  /** Units that the filter matches and that cannot be done now: how many, by why. */
  readonly left?: Counts;
  /** The part of the integration that all of them are of. */
  readonly part?: string;
  /** Whether the filter finds more than one plan takes. */
  readonly more?: boolean;
}

export const nothingFound: Found = { units: 0, repeats: 0, digest: emptyDigest, samples: [], more: false };

export const addUnits = (found: Found, { units, left = {}, part, more = false }: CountedPage): Found => ({
  units: found.units + sizeOf(units),
  repeats: found.repeats + sizeOf(units.filter(({ isRepeat }) => isRepeat)),
  digest: addToDigest(
    found.digest,
    units.map(({ id }) => id),
  ),
  samples: [...found.samples, ...units.map(({ about }) => about)].slice(0, limits.planSamples),
  more: found.more || more,
  left: sumCounts(found.left ?? {}, left),
  ...(part !== undefined && { parts: addPart(found.parts ?? {}, part, sizeOf(units)) }),
});

/** Those of too many parts are counted together. */
function addPart(parts: Counts, part: string, units: number): Counts {
  const isFull = Object.keys(parts).length >= limits.planPartsMax && !Object.hasOwn(parts, part);
  return units === 0 ? parts : sumCounts(parts, { [isFull ? 'others' : part]: units });
}

export const sizeOf = (units: readonly Pick<CountedUnit, 'size'>[]): number =>
  units.reduce((sum, { size = 1 }) => sum + size, 0);

/** The units, from the first, that are no more than so many together. One that is too large is left out. */
export function unitsWithin<U extends CountedUnit>(units: readonly U[], max: number): U[] {
  let room = max;
  return units.filter(({ size = 1 }) => {
    const fits = size <= room;
    if (fits) room -= size;
    return fits;
  });
}
