import type { MadeEvent, ProofAnswer } from '#shared/core/audit/proof-question.ts';
import { digestOf, isSameDigest, shortIdOf } from '#shared/core/identity/id-digest.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { claimedIn } from '../../core/proof/claim.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { OpenClaim } from '../../core/proof/standing.ts';
import type { Compared } from './compare-window.ts';
import type { ProofWork } from './proof-work.ts';

/**
 * `remade`: the integration made the events that the unit claims again. `unlike`: it makes other events now. `unasked`: it could not
 * be asked.
 */
export interface RemadeUnit {
  readonly compared: Compared<OpenClaim>;
  readonly how: 'remade' | 'unlike' | 'unasked';
  /** Events that are not on the bus; none where they are not known. */
  readonly missing: readonly MadeEvent[];
}

/** Has the events of a unit made again. Whether they are what was claimed, the digest says, and not the integration. */
export async function remakeUnit(
  work: ProofWork,
  of: KnownIntegration,
  compared: Compared<OpenClaim>,
): Promise<RemadeUnit> {
  const { claim, unequal } = compared;
  const answer = await askUnit(work, of, claim);
  if (!answer) return { compared, how: 'unasked', missing: [] };
  const { events } = answer;
  if (!isSameDigest(digestOf(events.map(({ id }) => id)), claimedIn(claim)))
    return { compared, how: 'unlike', missing: [] };
  const found = new Set(unequal.flatMap(each => [...each.found]));
  return { compared, how: 'remade', missing: events.filter(({ id }) => !found.has(shortIdOf(id))) };
}

/**
 * Has events of a unit published. The next run sees whether they are on the bus. An integration that is `disabled` publishes nothing, and is
 * asked again by each run until it is enabled.
 */
export async function publishAgain(
  work: ProofWork,
  of: KnownIntegration,
  { claim, events }: { readonly claim: OpenClaim; readonly events: readonly MadeEvent[] },
): Promise<'asked' | 'disabled'> {
  if (events.length === 0) return 'asked';
  const ids = events.map(({ id }) => id);
  const answer = await askUnit(work, of, claim, ids);
  return answer?.disabled ? 'disabled' : 'asked';
}

/** Undefined, and a line in the log, where it fails: other units go on. */
async function askUnit(
  { ports }: ProofWork,
  of: KnownIntegration,
  { unit, except, chunks }: OpenClaim,
  publish: readonly string[] = [],
): Promise<ProofAnswer | undefined> {
  const bytes = Math.max(...chunks.map(({ byteEnd }) => byteEnd));
  try {
    return await ports.units.ask(of, { unit, bytes, except, publish: [...publish] });
  } catch (error) {
    ports.log.error(proofLines.unasked, { integration: of.id, unit, error });
    return undefined;
  }
}
