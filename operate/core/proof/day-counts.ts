import { type Counts, sumCounts } from '../sum-counts.ts';

/** What the trail and the bus log say of the units of one integration that came on one UTC day. */
export interface DayCounts {
  /** Deliveries; records of batches, those that came again counted once. */
  readonly received: number;
  readonly outcomes: Counts;
  /** Events that the bus accepted, by the books. */
  readonly claimed: number;
  /** Of them, those on the bus, by its log. */
  readonly onBus: number;
}

export const emptyCounts: DayCounts = { received: 0, outcomes: {}, claimed: 0, onBus: 0 };

export function addCounts(
  { received, outcomes, claimed, onBus }: DayCounts,
  more: Partial<DayCounts>,
): DayCounts {
  return {
    received: received + (more.received ?? 0),
    outcomes: sumCounts(outcomes, more.outcomes ?? {}),
    claimed: claimed + (more.claimed ?? 0),
    onBus: onBus + (more.onBus ?? 0),
  };
}

/** The day on which a unit came, by its key in the raw bucket: `<integration>/<yyyy>/<MM>/<dd>/…`. */
export function dayOfKey(key: string): string | undefined {
  const [, year, month, day] = /^[^/]+\/(\d{4})\/(\d\d)\/(\d\d)\//.exec(key) ?? [];
  return day && `${year}-${month}-${day}`;
}
