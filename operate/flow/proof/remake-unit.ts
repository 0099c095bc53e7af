import type * as z from 'zod';
import type { MadeEvent, ProofAnswer, proofQuestion } from '#shared/core/audit/proof-question.ts';
import { saysTheSame } from '#shared/core/batch/event-digest.ts';
import { digestOf, isSameDigest, shortIdOf } from '#shared/core/identity/id-digest.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { claimedIn } from '../../core/proof/claim.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { OpenClaim } from '../../core/proof/standing.ts';
import type { Compared } from './compare-window.ts';
import type { ProofWork } from './proof-work.ts';

/**
 * `remade`: the integration made the events that the unit claims again. `unasked`: it could not be asked. The others are as in
 * `ProofState`.
 */
export interface RemadeUnit {
  readonly compared: Compared<OpenClaim>;
  readonly how: 'remade' | 'changed' | 'unlike' | 'gone' | 'unasked';
  /** Whether an operator decided that its events may say something else now. */
  readonly mayDiffer: boolean;
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
  if (!answer) return { compared, how: 'unasked', mayDiffer: false, missing: [] };
  const { events, content, isForgotten } = answer;
  const claimed = claimedIn(claim);
  if (!isSameDigest(digestOf(events.map(({ id }) => id)), claimed))
    return { compared, how: isForgotten ? 'gone' : 'unlike', mayDiffer: false, missing: [] };
  const found = new Set(unequal.flatMap(each => [...each.found]));
  const missing = events.filter(({ id }) => !found.has(shortIdOf(id)));
  const isSame = saysTheSame(claimed, { ...claimed, content });
  const mayDiffer = !isSame && (await work.ports.decisions.mayDiffer(claim.unit));
  return { compared, how: isSame || mayDiffer ? 'remade' : 'changed', mayDiffer, missing };
}

/**
 * Has events of a unit published. The next run sees whether they are on the bus. An integration that is `disabled` publishes nothing, and is
 * asked again by each run until it is enabled.
 */
export async function publishAgain(
  work: ProofWork,
  of: KnownIntegration,
  { compared: { claim }, how, mayDiffer }: RemadeUnit,
  events: readonly MadeEvent[],
): Promise<'asked' | 'disabled'> {
  if (how !== 'remade' || events.length === 0) return 'asked';
  const { content } = claimedIn(claim);
  const publish = events.map(({ id }) => id);
  const answer = await askUnit(work, of, claim, { publish, ...(!mayDiffer && content && { content }) });
  return answer?.disabled ? 'disabled' : 'asked';
}

/** Undefined, and a line in the log, where it fails: other units go on. */
async function askUnit(
  { ports }: ProofWork,
  of: KnownIntegration,
  { unit, except, chunks }: OpenClaim,
  order: Partial<Pick<z.input<typeof proofQuestion>, 'publish' | 'content'>> = {},
): Promise<ProofAnswer | undefined> {
  const bytes = Math.max(...chunks.map(({ byteEnd }) => byteEnd));
  try {
    return await ports.units.ask(of, { unit, bytes, except, ...order });
  } catch (error) {
    ports.log.error(proofLines.unasked, { integration: of.id, unit, error });
    return undefined;
  }
}
