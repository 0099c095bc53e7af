import * as z from 'zod';
import { type ReleasePlace, releasePlace } from '#adapters/webhook-fence/core/webhook/release-order.ts';
import { limits } from '#shared/contract/limits.ts';
import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { JobPorts, Releases } from '../../plan-ports.ts';
import type { PlanKind, PlanUnit, Selection, UnitEnd, UnitPage } from './plan-kind.ts';

/**
 * Rejects of a fence that its keys and its contract accept now. A reject that is released twice is a duplicate the second time: its
 * delivery is published once.
 */
export const release: PlanKind<FilterOf<'release'>> = { isInOrder: false, select };

const placeText = z.string().transform(text => releasePlace.parse(JSON.parse(text)));

async function* select(
  { releases }: JobPorts,
  { plan, integration, filter, after }: Selection<FilterOf<'release'>>,
): AsyncGenerator<UnitPage> {
  const { from, to, stale } = filter;
  const order = { from, to, stale: stale === 'yes', operator: plan.madeBy, reason: `plan ${plan.id}` };
  let place = after === undefined ? undefined : placeText.parse(after);
  do {
    const page = { dryRun: true, limit: limits.planReleasesAPage, ...(place && { after: place }) };
    const { looked, next } = await releases.order(integration, { ...order, ...page });
    const units = looked
      .filter(({ end }) => end === 'verified' || end === 'stale')
      .map(reject =>
        unitOf(reject.place, () => releaseOne(releases, integration, { ...order, place: reject.place })),
      );
    yield { units, ...(next && { next: JSON.stringify(next) }) };
    place = next;
  } while (place);
}

const unitOf = (place: ReleasePlace, perform: PlanUnit['perform']): PlanUnit => ({
  id: `${place.hour}/${place.shelf}/${place.slot}`,
  about: `reject ${place.slot} of ${place.hour}:00 UTC (${place.shelf})`,
  isRepeat: false,
  perform,
});

interface OneReject {
  readonly from: string;
  readonly to: string;
  readonly stale: boolean;
  readonly operator: string;
  readonly reason: string;
  readonly place: ReleasePlace;
}

async function releaseOne(
  releases: Releases,
  fence: string,
  { place, ...order }: OneReject,
): Promise<UnitEnd> {
  const after = { ...place, slot: place.slot - 1 };
  const { looked } = await releases.order(fence, { ...order, dryRun: false, after, limit: 1 });
  const end = looked[0]?.end ?? 'missing';
  return released.includes(end) ? { kind: 'done' } : { kind: 'failed', reason: end };
}

/** Ends of a delivery that was accepted. */
const released: readonly string[] = ['published', 'skipped', 'quarantined', 'duplicate', 'spilled'];
