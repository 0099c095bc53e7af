import { ackNames } from '#adapters/file-lane/core/file/ack-names.ts';
import { fileNameOf } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { limits } from '#shared/contract/limits.ts';
import { type PartnerAnswer, partnerAnswer } from '../../core/partner/partner-answer.ts';
import { notFound } from '../../core/problem.ts';
import type { ReconciledLane } from '../../core/reconcile/known-lane.ts';
import type { PartnerWork } from './partner-work.ts';

/** The answer to a hand-off. Undefined where there is none yet, or a newer file of the same name has it. @throws Problem */
export async function readAnswer(
  { ports }: Pick<PartnerWork, 'ports'>,
  lane: ReconciledLane,
  id: string,
): Promise<PartnerAnswer | undefined> {
  const handoff = await ports.ledger.find(id);
  if (handoff?.integration !== lane.id)
    throw notFound('there is no such file', 'It may have expired. Load the page again.');
  const names = ackNames(lane.delivery.folder, fileNameOf(lane, handoff.object.key));
  const bytes = await ports.objects.read('inbound', names.ack, {
    start: 0,
    end: limits.partnerAnswerBytesMax,
  });
  const answer = bytes && partnerAnswer.parse(JSON.parse(new TextDecoder().decode(bytes)));
  if (answer?.correlationId !== id) return undefined;
  const rejectedRows = answer.rejectedRows && { ...answer.rejectedRows, key: names.rejected };
  return { ...answer, rejectedRows };
}
