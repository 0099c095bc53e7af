import { type ProofAnswer, proofAnswer, proofKeys } from '#adapters/file-lane/core/outcome/proof-message.ts';
import { limits } from '#shared/contract/limits.ts';
import { idsToBytes } from '#shared/core/identity/id-bytes.ts';
import { digestOf, isSameDigest } from '#shared/core/identity/id-digest.ts';
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
    if (kind === 'file-lane') claims.push(...(await claimsDue(ports, id)));
  const ends = { ...noUnits };
  await compareWindows(work, claims, async compared => {
    ends[await conclude(work, compared)] += 1;
  });
  return ends;
}

async function conclude(work: ProofWork, compared: Compared): Promise<ProofEnd> {
  const { claim } = compared;
  const before = await work.ports.proofs.find(claim.unit);
  const answers = before ? await answersOf(work, compared) : noAnswers;
  const answered = [...answers.values()];
  const missing = [...new Set([...(before?.missing ?? []), ...answered.flatMap(answer => answer.missing)])];
  const open = compared.unequal.filter(part => !isClaimedBeside(part, answers.get(part.chunk.n)));
  if (open.length === 0) {
    logUnclaimed(work, compared, answers);
    return keep(work, compared, { state: 'proven', missing });
  }
  if (!isDue(work, claim)) return 'waiting';
  const mayDiffer = before?.state === 'changed' && (await work.ports.decisions.mayDiffer(claim.unit));
  for (const part of open) await ask(work, claim, { ...part, mayDiffer });
  // It is asked again all the same: the contract may be as it was by then.
  const ends = open.map(({ chunk }) => answers.get(chunk.n)?.end);
  const state = (['gone', 'unlike', 'changed'] as const).find(end => ends.includes(end));
  return keep(work, compared, { state: state ?? 'missing', missing });
}

type Part = Compared['unequal'][number];

/** Whether the events that are on the bus are those that the chunk claims, but for those that its lane does not derive. */
function isClaimedBeside({ chunk, found }: Part, answer: ProofAnswer | undefined): boolean {
  if (!answer || answer.unclaimed.length === 0) return false;
  const strangers = new Set(answer.unclaimed);
  return isSameDigest(digestOf([...found].filter(id => !strangers.has(id))), chunk.published);
}

function logUnclaimed({ ports }: ProofWork, { claim, unequal }: Compared, answers: Answers): void {
  const ids = unequal.flatMap(({ chunk }) => answers.get(chunk.n)?.unclaimed ?? []);
  const { integration, unit } = claim;
  if (ids.length > 0)
    ports.log.error(proofLines.unclaimed, {
      ...{ integration, handoffId: unit, events: ids.length, shortIds: ids.slice(0, 10) },
    });
}

async function ask(
  { ports }: ProofWork,
  { unit, integration }: Claim,
  { chunk, found, mayDiffer }: Part & { readonly mayDiffer: boolean },
): Promise<void> {
  const message = { kind: 'edge.proof', handoffId: unit, n: chunk.n } as const;
  await ports.found.write(proofKeys(integration, message).found, idsToBytes(found));
  await ports.lanes.ask(integration, mayDiffer ? { ...message, mayDiffer } : message);
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

type Answers = ReadonlyMap<number, ProofAnswer>;

const noAnswers: Answers = new Map();

/** What the lane found out since it was asked, by the number of the chunk. */
async function answersOf({ ports }: ProofWork, { claim }: Compared): Promise<Answers> {
  const answers = new Map<number, ProofAnswer>();
  for (const { n } of claim.chunks) {
    const { answer } = proofKeys(claim.integration, { handoffId: claim.unit, n });
    const bytes = await ports.objects.read('raw', answer, { start: 0, end: limits.quarantineReadBytesMax });
    const read = bytes && answerIn(bytes);
    if (read) answers.set(n, read);
  }
  return answers;
}

/** Undefined for one that cannot be read: the lane is asked again, and other files go on. */
function answerIn(bytes: Uint8Array): ProofAnswer | undefined {
  try {
    return proofAnswer.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
