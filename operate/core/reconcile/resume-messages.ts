import type { ReprocessMessage } from '#adapters/file-lane/core/correction/reprocess-message.ts';
import {
  type Chunk,
  type EarlierHandoff,
  type Handoff,
  isBegun,
  isUnsettled,
} from '#adapters/file-lane/core/outcome/handoff.ts';
import type { RestMessage } from '#adapters/file-lane/core/outcome/own-message.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { objectNotice } from './object-notice.ts';

/**
 * Messages by which the work on a hand-off goes on at its checkpoint. They are those that the lane sends itself, or the notification
 * once more, so that two of them do no harm. `chunks`: of its pass.
 */
export function resumeMessages(
  handoff: Handoff,
  chunks: readonly Chunk[],
  inboundBucket: string,
): readonly object[] {
  if (!isUnsettled(handoff)) return handoff.state === 'awaiting' ? [noticeOf(handoff, inboundBucket)] : [];
  if (handoff.state === 'settling' && handoff.ending)
    return [
      rest({ kind: 'edge.settle', handoffId: handoff.id, hop: 0, fromPart: handoff.report?.parts ?? 0 }),
    ];
  if (!isBegun(handoff))
    return [
      handoff.reprocesses ? reprocessOf(handoff, handoff.reprocesses) : noticeOf(handoff, inboundBucket),
    ];
  const open = chunks.filter(({ progress }) => !progress.done);
  // With every chunk done, the message of any of them goes on to settle.
  const asked = open.length > 0 ? open : chunks.slice(0, 1);
  return asked.map(({ pass, n, progress }) =>
    rest({ kind: 'edge.chunk', handoffId: handoff.id, pass, n, hop: 0, fromByte: progress.nextByte }),
  );
}

const rest = (message: RestMessage): RestMessage => message;

/** What the plan sent that had it reprocessed. */
const reprocessOf = ({ receivedAt }: Handoff, { handoffId, request }: EarlierHandoff): ReprocessMessage => ({
  kind: 'edge.reprocess',
  handoffId,
  request,
  at: receivedAt,
});

function noticeOf(handoff: Handoff, bucket: string): object {
  const object: ObjectRef = handoff.notified ?? handoff.object;
  const { sequencer } = handoff;
  return objectNotice(bucket, object, {
    id: handoff.causationId,
    time: handoff.receivedAt,
    sequencer: sequencer?.key === object.key ? sequencer.hex : undefined,
  });
}
