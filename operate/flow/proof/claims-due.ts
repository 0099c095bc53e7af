import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import { limits } from '#shared/contract/limits.ts';
import { type Claim, chunkClaims, claimedIn } from '../../core/proof/claim.ts';
import type { ProofPorts } from '../../ports.ts';

const hourMilliseconds = 3_600_000;

/** What the settled files of a lane claim, those that are not proven yet. */
export async function* claimsDue(ports: ProofPorts, integration: string): AsyncGenerator<Claim> {
  const from = new Date(ports.clock.now() - limits.proofLookBackHours * hourMilliseconds).toISOString();
  for await (const handoff of handoffsSince(ports, integration, from)) {
    const proof = await ports.proofs.find(handoff.id);
    if (proof?.state === 'proven') continue;
    const claim = await claimOf(ports, handoff);
    // What was missing may have been published since.
    if (claim) yield proof ? { ...claim, to: new Date(ports.clock.now()).toISOString() } : claim;
  }
}

/** Undefined for a file that published nothing, or that an older release processed. */
async function claimOf({ ledger }: ProofPorts, handoff: HandoffSummary): Promise<Claim | undefined> {
  const { id, integration, state, receivedAt, settledAt } = handoff;
  if (!isSettled(state) || settledAt === undefined) return undefined;
  const chunks = chunkClaims(await ledger.chunks(id, 'publish'));
  if (!chunks || claimedIn({ chunks }).count === 0) return undefined;
  return { unit: id, integration, from: receivedAt, to: settledAt, settledAt, chunks };
}

async function* handoffsSince(
  { search }: ProofPorts,
  integration: string,
  from: string,
): AsyncGenerator<HandoffSummary> {
  let after: Awaited<ReturnType<ProofPorts['search']['list']>>['next'];
  do {
    const page = await search.list({ integration, from, limit: limits.pageEntriesMax, after });
    yield* page.handoffs;
    after = page.next;
  } while (after);
}
