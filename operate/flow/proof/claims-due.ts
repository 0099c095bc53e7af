import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffQuery, HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';
import { dayOf } from '../../core/audit/days.ts';
import { type Claim, chunkClaims, claimedIn } from '../../core/proof/claim.ts';
import { emptyStanding } from '../../core/proof/standing.ts';
import type { ProofPorts } from '../../ports.ts';

const hourMilliseconds = 3_600_000;

/**
 * What the settled files of a lane claim, those that are not proven yet: of files that came in the last days, and of those that
 * were in work for longer.
 */
export async function claimsDue(ports: ProofPorts, integration: string): Promise<readonly Claim[]> {
  const now = ports.clock.now();
  const isoBefore = (hours: number) => new Date(now - hours * hourMilliseconds).toISOString();
  const [from, long] = [isoBefore(limits.proofLookBackHours), isoBefore(limits.lateFileHours)];
  const before = await ports.standings.find(integration);
  const claims: Claim[] = [];
  const late = new Set<string>();
  for await (const handoff of handoffsOf(ports, integration, { from, late: before?.standing.late ?? [] })) {
    const proof = await ports.proofs.find(handoff.id);
    if (proof?.state === 'proven') continue;
    const { state, receivedAt, settledAt = '' } = handoff;
    if (receivedAt < long && (!isSettled(state) || settledAt >= from)) late.add(receivedAt);
    const claim = await claimOf(ports, handoff);
    // What was missing may have been published since.
    if (claim) claims.push(proof ? { ...claim, to: new Date(now).toISOString() } : claim);
  }
  await keepLate(ports, integration, { before, late: [...late].sort().slice(-limits.lateFilesMax) });
  return claims;
}

interface LateFiles {
  readonly before: Awaited<ReturnType<ProofPorts['standings']['find']>>;
  readonly late: readonly string[];
}

async function keepLate(
  { standings, clock }: ProofPorts,
  integration: string,
  { before, late }: LateFiles,
): Promise<void> {
  const standing = before?.standing ?? emptyStanding(dayOf(clock.now()));
  if ((standing.late ?? []).join() !== late.join())
    await standings.keep(integration, { ...standing, late }, before);
}

/** Undefined for a file that published nothing, or that an older release processed. */
async function claimOf({ ledger }: ProofPorts, handoff: HandoffSummary): Promise<Claim | undefined> {
  const { id, integration, state, receivedAt, settledAt } = handoff;
  if (!isSettled(state) || settledAt === undefined) return undefined;
  const chunks = chunkClaims(await ledger.chunks(id, 'publish'));
  if (!chunks || claimedIn({ chunks }).count === 0) return undefined;
  return { unit: id, integration, from: receivedAt, to: settledAt, settledAt, chunks };
}

async function* handoffsOf(
  ports: ProofPorts,
  integration: string,
  { from, late }: { readonly from: string; readonly late: readonly string[] },
): AsyncGenerator<HandoffSummary> {
  for (const came of late.filter(each => each < from)) {
    const to = new Date(Date.parse(came) + 1).toISOString();
    yield* handoffsIn(ports, { integration, from: came, to, limit: limits.pageEntriesMax });
  }
  yield* handoffsIn(ports, { integration, from, limit: limits.pageEntriesMax });
}

async function* handoffsIn({ search }: ProofPorts, query: HandoffQuery): AsyncGenerator<HandoffSummary> {
  let after: HandoffQuery['after'];
  do {
    const page = await search.list({ ...query, after });
    yield* page.handoffs;
    after = page.next;
  } while (after);
}
