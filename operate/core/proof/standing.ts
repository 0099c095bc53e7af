import type { UnitClaim } from './claim.ts';
import { addCounts, type DayCounts } from './day-counts.ts';

/** How far the auditor has read the trail of an integration, and what it found. An item of the operators' table holds it. */
export interface Standing {
  /** The first day that was read whole. What the trail says of earlier days is left out. */
  readonly since: string;
  /** Objects of this day's chain that were read. */
  readonly day: string;
  readonly objects: number;
  /** Deliveries that came and have no outcome yet, by subject, with the day on which they came. */
  readonly unended: Readonly<Record<string, string>>;
  /** Units whose events are not all on the bus. */
  readonly open: readonly OpenClaim[];
  readonly days: Readonly<Record<string, DayCounts>>;
}

/** A claim that is not proven yet. */
export interface OpenClaim extends UnitClaim {
  /** ISO 8601 UTC. */
  readonly since: string;
}

export const emptyStanding = (day: string): Standing => ({
  ...{ since: day, day, objects: 0 },
  ...{ unended: {}, open: [], days: {} },
});

/** What is to be compared: of each unit the last claim, with the events of its earlier ones. `at`: now, ISO 8601 UTC. */
export function claimsDueIn(
  claims: readonly UnitClaim[],
  open: readonly OpenClaim[],
  at: string,
): readonly OpenClaim[] {
  // What was missing may have been published since.
  const due = new Map<string, OpenClaim>(open.map(claim => [claim.unit, { ...claim, to: at }]));
  for (const claim of claims) {
    const earlier = due.get(claim.unit);
    due.set(claim.unit, {
      ...claim,
      from: earlier?.from ?? claim.from,
      to: earlier ? later(earlier.to, claim.to) : claim.to,
      newEvents: claim.newEvents + (earlier?.newEvents ?? 0),
      since: earlier?.since ?? at,
    });
  }
  return [...due.values()];
}

const later = (one: string, other: string): string => (one < other ? other : one);

/** A compared claim, and how many of its events are missing. */
export interface Found {
  readonly claim: OpenClaim;
  readonly missing: number;
  /** Its integration is disabled, and publishes them when it is enabled. */
  readonly waits?: boolean;
}

/** The standing after claims were compared. A claim stays open until its events are found, or until it is older than `until`. */
export function withFound(standing: Standing, found: readonly Found[], until: string): Standing {
  const days = { ...standing.days };
  const open = new Map(standing.open.map(claim => [claim.unit, claim]));
  for (const { claim, missing, waits } of found) {
    const { day, unit } = claim;
    const left = Math.min(missing, claim.newEvents);
    const counts = days[day];
    if (counts) days[day] = addCounts(counts, { onBus: claim.newEvents - left });
    open.delete(unit);
    // Its time begins when it waits no longer.
    const since = waits ? claim.to : claim.since;
    if (missing > 0 && since > until) open.set(unit, { ...claim, since, newEvents: left });
  }
  return { ...standing, days, open: [...open.values()] };
}
