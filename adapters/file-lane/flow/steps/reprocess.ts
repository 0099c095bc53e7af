import { isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ReprocessMessage } from '../../core/correction/reprocess-message.ts';
import { isSettledHandoff, reprocessable } from '../../core/correction/reprocessable.ts';
import type { SettledHandoff } from '../../core/outcome/handoff.ts';
import { reprocessedIdOf } from '../../core/outcome/handoff-id.ts';
import { handoffFields } from '../../core/outcome/log-fields.ts';
import { logLines } from '../../core/outcome/log-lines.ts';
import { isFixed } from '../../core/outcome/prefixes.ts';
import type { NewDelivery } from '../../ports.ts';
import { arrivalOf } from '../arrival-of.ts';
import { type At, ended, endWith, type Next, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/**
 * Reprocesses a settled file by the contract as it is now, without its partner: its quarantined rows, or the whole file when nothing
 * of it was published. It becomes a hand-off of its own, so that the books of the first stay as they were.
 */
export async function reprocess(work: Work, { message }: At<'reprocess'>): Promise<Stage> {
  const { ledger, log } = work.ports;
  const earlier = await ledger.find(message.handoffId);
  if (!earlier) throw new Error(`the ledger does not know hand-off ${message.handoffId}`);
  if (!isSettledHandoff(earlier)) return endWith({ kind: 'waiting', seconds: limits.delaySecondsMax });
  const what = reprocessable(earlier);
  if (!what) {
    log.info(logLines.nothingToReprocess, { ...handoffFields(work.lane.id, earlier.id) });
    return ended;
  }
  const next = what === 'rows' ? { rowsOf: earlier } : await fileOf(work, earlier);
  const delivery = deliveryOf(
    work,
    { ...earlier, period: 'arrival' in next ? next.arrival.name.period : earlier.period },
    message,
  );
  await ledger.recordReprocessed(earlier.id, delivery.id);
  return { at: 'reopening', delivery, next };
}

/** Of the file as it was dropped then, whatever is under its name now. */
async function fileOf(work: Work, { object }: SettledHandoff): Promise<Next> {
  const arrival = await arrivalOf(work, object);
  if (isFault(arrival)) return { refusal: arrival };
  return isFixed(work.lane, object.key) ? { fixed: arrival } : { arrival };
}

const deliveryOf = (
  { lane }: Work,
  { id, object, sequencer, period, reprocesses, receivedAt, tally }: SettledHandoff,
  { request, at }: ReprocessMessage,
): NewDelivery => ({
  id: reprocessedIdOf(lane.id, { handoffId: id, request }),
  integration: lane.id,
  object,
  causationId: id,
  receivedAt: after(receivedAt, at),
  sequencer,
  period,
  reprocesses: {
    handoffId: id,
    receivedAt: reprocesses?.receivedAt ?? receivedAt,
    request,
    published: tally.published + (reprocesses?.published ?? 0),
  },
});

/** Its answer replaces the earlier one, so it must be the newer, whatever the clocks say. */
const after = (earlier: string, at: string): string =>
  new Date(Math.max(Date.parse(at), Date.parse(earlier) + 1)).toISOString();
