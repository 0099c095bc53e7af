import { type ProofAnswer, proofAnswer, proofKeys } from '#adapters/file-lane/core/outcome/proof-message.ts';
import { limits } from '#shared/contract/limits.ts';
import { idsToBytes } from '#shared/core/identity/id-bytes.ts';
import { type Claim, claimedIn } from '../../core/proof/claim.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { Proof, ProofState } from '../../core/proof/proof.ts';
import { claimsDue } from './claims-due.ts';
import type { Compared } from './compare-window.ts';
import { compareWindows } from './compare-windows.ts';
import { noUnits, type ProofEnd, type ProofWork, type ProvenUnits } from './proof-work.ts';

/**
 * Proves that the events which files claim to have published are on the bus, by the bus log alone. Where some are missing, it asks
 * the lane to derive them again and to publish them; the next run looks again.
 */
export async function proveFiles(work: ProofWork): Promise<ProvenUnits> {
  const { integrations, ports } = work;
  const claims: Claim[] = [];
  for (const { id, kind } of integrations)
    if (kind === 'file-lane') for await (const claim of claimsDue(ports, id)) claims.push(claim);
  const ends = { ...noUnits };
  await compareWindows(work, claims, async compared => {
    ends[await conclude(work, compared)] += 1;
  });
  return ends;
}

async function conclude(work: ProofWork, compared: Compared): Promise<ProofEnd> {
  const { claim, unequal } = compared;
  const before = await work.ports.proofs.find(claim.unit);
  const answers = before ? await answersOf(work, compared) : [];
  const missing = [...new Set([...(before?.missing ?? []), ...answers.flatMap(answer => answer.missing)])];
  if (unequal.length === 0) return keep(work, compared, { state: 'proven', missing });
  if (!isDue(work, claim)) return 'waiting';
  for (const { chunk, found } of unequal) {
    const message = { kind: 'edge.proof', handoffId: claim.unit, n: chunk.n } as const;
    await work.ports.found.write(proofKeys(claim.integration, message).found, idsToBytes(found));
    await work.ports.lanes.ask(claim.integration, message);
  }
  // It is asked again all the same: the contract may be as it was by then.
  const isUnlike = answers.some(({ end }) => end === 'unlike');
  return keep(work, compared, { state: isUnlike ? 'unlike' : 'missing', missing });
}

const isDue = ({ ports, graceSeconds }: ProofWork, { settledAt }: Claim): boolean =>
  Date.parse(settledAt) + graceSeconds * 1_000 <= ports.clock.now();

async function keep(
  { ports }: ProofWork,
  { claim, onBus }: Compared,
  { state, missing }: Pick<Proof, 'state' | 'missing'>,
): Promise<ProofState> {
  const { unit, integration } = claim;
  const claimed = claimedIn(claim).count;
  const at = new Date(ports.clock.now()).toISOString();
  const first = missing.slice(0, limits.acknowledgedFaultsMax);
  await ports.proofs.keep({ unit, state, at, claimed, onBus, missing: first });
  const fields = { integration, handoffId: unit, claimed, onBus, missing: missing.slice(0, 10) };
  if (state === 'proven') ports.log.info(proofLines.proven, fields);
  else ports.log.error(proofLines[state], fields);
  return state;
}

/** What the lane found out since it was asked. */
async function answersOf({ ports }: ProofWork, { claim }: Compared): Promise<readonly ProofAnswer[]> {
  const answers: ProofAnswer[] = [];
  for (const { n } of claim.chunks) {
    const { answer } = proofKeys(claim.integration, { handoffId: claim.unit, n });
    const bytes = await ports.objects.read('raw', answer, { start: 0, end: limits.quarantineReadBytesMax });
    if (bytes) answers.push(proofAnswer.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  }
  return answers;
}
