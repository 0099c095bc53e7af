import { limits } from '#shared/contract/limits.ts';
import type { MadeEvent } from '#shared/core/audit/proof-question.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { claimedIn } from '../../core/proof/claim.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { ProofState } from '../../core/proof/proof.ts';
import type { Found, OpenClaim } from '../../core/proof/standing.ts';
import type { Compared } from './compare-window.ts';
import { olderThanBus } from './older-than-bus.ts';
import type { ProofWork } from './proof-work.ts';
import { publishAgain, type RemadeUnit, remakeUnit } from './remake-unit.ts';

export interface UnitEnd extends Found {
  readonly end: ProofState;
}

/**
 * What becomes of deliveries or batches of one integration whose events on the bus are not those that they claim. The integration makes
 * the events again, and publishes those that are missing, but none that is older than an event of its aggregate on the bus: the bus
 * would then bring an old state behind a newer one.
 */
export async function concludeUnits(
  work: ProofWork,
  of: KnownIntegration,
  unequal: readonly Compared<OpenClaim>[],
): Promise<readonly UnitEnd[]> {
  const units: RemadeUnit[] = [];
  for (const compared of unequal) units.push(await remakeUnit(work, of, compared));
  const missing = units.flatMap(unit => unit.missing);
  const older = await olderThanBus(work.ports.objects, missing, rangeOf(work, unequal));
  const ends: UnitEnd[] = [];
  for (const unit of units) {
    const { claim } = unit.compared;
    const events = unit.missing.filter(event => !older.has(event));
    const isDisabled = (await publishAgain(work, of, { claim, events })) === 'disabled';
    const end = await conclude(work, unit, { older, isDisabled });
    ends.push({ ...end, ...(isDisabled && { waits: true }) });
  }
  return ends;
}

/** From the first of them until now. */
const rangeOf = ({ ports }: ProofWork, unequal: readonly Compared<OpenClaim>[]) => ({
  from: unequal.map(({ claim }) => claim.from).sort()[0] ?? '',
  to: new Date(ports.clock.now()).toISOString(),
});

async function conclude(
  { ports }: ProofWork,
  { compared: { claim, onBus }, how, missing }: RemadeUnit,
  { older, isDisabled }: { readonly older: ReadonlySet<MadeEvent>; readonly isDisabled: boolean },
): Promise<UnitEnd> {
  const { unit, integration } = claim;
  const claimed = claimedIn(claim).count;
  // Others may be on the bus that the unit does not claim.
  const count = how === 'remade' ? missing.length : Math.max(1, claimed - onBus);
  if (count === 0) return { claim, end: 'proven', missing: 0 };
  const held = missing.filter(event => older.has(event));
  const end = how === 'unlike' ? 'unlike' : held.length > 0 ? 'held' : 'missing';
  const ids = missing.map(({ id }) => id).slice(0, limits.acknowledgedFaultsMax);
  const at = new Date(ports.clock.now()).toISOString();
  await ports.proofs.keep({ unit, state: end, at, claimed, onBus: claimed - count, missing: ids });
  ports.log.error(proofLines[end], {
    ...{ integration, unit, claimed, missing: count, ids: ids.slice(0, 10) },
    ...(held.length > 0 && { held: held.length }),
    ...(isDisabled && { disabled: true }),
  });
  return { claim, end, missing: count };
}
