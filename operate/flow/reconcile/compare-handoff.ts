import { answerIn } from '#adapters/file-lane/core/acknowledgement/answer.ts';
import { ackNames } from '#adapters/file-lane/core/file/ack-names.ts';
import { type Chunk, isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { HandoffSummary } from '#adapters/file-lane/core/outcome/handoff-query.ts';
import type { AcknowledgeMessage } from '#adapters/file-lane/core/outcome/own-message.ts';
import { fileNameOf } from '#adapters/file-lane/core/outcome/prefixes.ts';
import type { FileRef } from '#adapters/file-lane/ports.ts';
import { limits } from '#shared/contract/limits.ts';
import type { SweptLane } from '../../core/reconcile/begun-by.ts';
import {
  type AnswerThere,
  type ClaimThere,
  type Judgement,
  judgeHandoff,
} from '../../core/reconcile/judge-handoff.ts';
import type { ReconciledLane } from '../../core/reconcile/known-lane.ts';
import { type Healing, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import { resumeMessages } from '../../core/reconcile/resume-messages.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import { removeOrphans } from './remove-orphans.ts';

/** Compares one hand-off with what is outside the ledger, heals what is safe, and keeps what was found on the hand-off. */
export async function compareHandoff(
  ports: ReconcilePorts,
  lane: ReconciledLane,
  handoff: HandoffSummary,
): Promise<Tallied> {
  const isOver = isSettled(handoff.state);
  const held = isOver ? await heldContent(ports, handoff) : undefined;
  const judgement = judgeHandoff({
    handoff,
    now: ports.clock.now(),
    leasedUntil: isOver ? 0 : await ports.reconciled.leasedUntil(handoff.id),
    ...(isOver && {
      answer: await answerThere(ports, lane, handoff),
      claim: claimOf(held, handoff),
    }),
  });
  const healed =
    held && isOfClaim(judgement)
      ? await healClaim(ports, lane, held, judgement)
      : await heal(ports, handoff, judgement);
  const removedParts = isOver && !judgement.again ? await removeOrphans(ports, handoff) : 0;
  const { result, detail, again, needsPeople } = judgement;
  const at = new Date(ports.clock.now()).toISOString();
  await ports.reconciled.recordReconciliation(handoff, { at, result, detail, again });
  const { id, integration } = handoff;
  const finding = { integration, about: id, result, detail, needsPeople };
  return talliedOne(finding, { ...healed, removedParts });
}

/** The content that a settled hand-off claimed once, and who has the claim now. */
interface HeldContent {
  readonly file: FileRef;
  readonly handoffId: string;
  readonly claimant: string | undefined;
  readonly isPublished: boolean;
}

/** Undefined for a hand-off that never claimed any. */
async function heldContent(
  { ledger, reconciled }: ReconcilePorts,
  { id, integration, state, fault }: HandoffSummary,
): Promise<HeldContent | undefined> {
  const identity = (await ledger.find(id))?.identity;
  if (identity === undefined) return undefined;
  const file = { integration, identity };
  const isPublished = state === 'complete' || (state === 'partial' && !fault);
  return { file, handoffId: id, claimant: await reconciled.claimant(file), isPublished };
}

function claimOf(held: HeldContent | undefined, { id }: HandoffSummary): ClaimThere {
  if (!held) return 'own';
  if (held.isPublished && held.claimant === undefined) return 'missing';
  if (held.claimant !== id) return 'others';
  return held.isPublished ? 'own' : 'kept';
}

const isOfClaim = ({ heal }: Judgement): boolean => heal === 'claim' || heal === 'free';

async function healClaim(
  { reconciled, clock }: ReconcilePorts,
  { duplicateDays }: ReconciledLane,
  { file, handoffId }: HeldContent,
  { heal }: Judgement,
): Promise<Partial<Record<Healing, number>>> {
  const expiresAt = Math.floor(clock.now() / 1_000) + duplicateDays * limits.secondsADay;
  if (heal === 'claim') await reconciled.claimAgain(file, handoffId, expiresAt);
  else await reconciled.freeClaim(file, handoffId);
  return { claims: 1 };
}

async function answerThere(
  { files }: ReconcilePorts,
  lane: SweptLane,
  { id, object }: HandoffSummary,
): Promise<AnswerThere> {
  const { ack } = ackNames(lane.delivery.folder, fileNameOf(lane, object.key));
  const found = await files.head({ bucket: 'inbound', key: ack });
  if (!found) return 'none';
  const answer = answerIn(found.metadata);
  // Only an older release wrote answers that do not say whose they are.
  if (!answer) return 'older';
  return answer.handoffId === id ? 'own' : 'newer';
}

async function heal(
  ports: ReconcilePorts,
  { id, integration }: HandoffSummary,
  judgement: Judgement,
): Promise<Partial<Record<Healing, number>>> {
  const queue = ports.workQueue(integration);
  if (judgement.heal === 'acknowledge') {
    const message: AcknowledgeMessage = { kind: 'edge.acknowledge', handoffId: id };
    await queue.send([message]);
    return { acknowledged: 1 };
  }
  if (judgement.heal !== 'resume') return {};
  const handoff = await ports.ledger.find(id);
  if (!handoff) return {};
  const chunks: readonly Chunk[] = handoff.pass ? await ports.ledger.chunks(id, handoff.pass) : [];
  // Kept first: a crash in between asks once too seldom, not once more in each run.
  await ports.reconciled.recordResume(id, new Date(ports.clock.now()).toISOString());
  await queue.send(resumeMessages(handoff, chunks, ports.inboundBucket));
  return { resumed: 1 };
}
