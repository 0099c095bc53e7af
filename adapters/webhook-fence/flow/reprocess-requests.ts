import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { parseArchive } from '../core/webhook/archive.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { deliveryFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { readPayload } from '../core/webhook/payload.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type {
  ReprocessedRequest,
  ReprocessOrder,
  RequestsReprocessed,
} from '../core/webhook/reprocess-order.ts';
import { readIfThere } from './read-if-there.ts';
import { type ArchivedDelivery, reprocessDelivery } from './reprocess-delivery.ts';
import type { OnceOutcome } from './run-once.ts';
import type { Work } from './work.ts';

type RequestEnd = Omit<ReprocessedRequest, 'key'>;

/**
 * Processes quarantined deliveries again, once the contract is corrected: as they were archived, under the same names, so that their events have
 * the ids that they would have had. The books count each as quarantined already; a line of its own says how it ended now. Deliveries
 * of a fence know no order: each event has the sequence that it would have had. While the fence is disabled, all stay open.
 * @throws Error for keys of another integration; what a port throws.
 */
export async function reprocessRequests(
  work: Work,
  { reprocess, dryRun }: ReprocessOrder,
): Promise<RequestsReprocessed> {
  const own = `${work.fence.id}/`;
  const foreign = reprocess.find(key => !key.startsWith(own));
  if (foreign !== undefined) throw new Error(`${foreign} is no delivery of ${work.fence.id}`);
  if (!dryRun && (await work.ports.input.isDisabled(work.fence.id)))
    return { reprocessed: reprocess.map(key => ({ key, end: 'open', detail: 'the fence is disabled' })) };
  const reprocessed = await inParallel(reprocess, limits.callsInFlightMax, async key => ({
    key,
    ...(await endOf(work, key, dryRun)),
  }));
  return { reprocessed };
}

async function endOf(work: Work, key: string, dryRun: boolean): Promise<RequestEnd> {
  // The raw bucket has a delivery under the key that it has in quarantine. A conflict was never archived.
  const delivery = await readIfThere(work, { bucket: 'raw', key }, parseArchive);
  if (!delivery) return { end: 'gone' };
  const known = await knownEnd(work, delivery);
  if (known) return { end: known };
  if (dryRun) return decidedEnd(work, { delivery, key });
  const outcome = await reprocessDelivery(work, { delivery, key });
  recordEnd(work, delivery, outcome);
  return endOfOutcome(outcome);
}

/** How it ended already, or why it cannot be processed now. */
async function knownEnd(
  { fence, ports }: Work,
  { correlationId, payloadHash, receivedAt }: Delivery,
): Promise<RequestEnd['end'] | undefined> {
  const { value, isAtWork, isSame } = await ports.once.compare({ name: correlationId, payloadHash });
  if (isAtWork) return 'busy';
  if (value && !isSame) return 'conflict';
  if (value?.status === 'published') return 'duplicate';
  // Nobody remembers how it ended: what its sender sent again may have been published.
  const days = (ports.clock.now() - Date.parse(receivedAt)) / (1_000 * limits.secondsADay);
  return !value && days > fence.replayHorizonDays ? 'expired' : undefined;
}

/** By the contract as it is now. Whether another delivery has its id or its items only shows when it is processed. */
function decidedEnd(work: Work, { delivery, key }: ArchivedDelivery): RequestEnd {
  const { fence, ports } = work;
  const payload = readPayload(fence, delivery);
  const decision = work.decide(delivery, payload, ports.files.uri({ bucket: 'raw', key }));
  if (decision.kind === 'events') return { end: 'published' };
  if (decision.kind === 'skipped') return { end: 'skipped', detail: decision.reason };
  const { code, detail } = decision.fault;
  return { end: 'quarantined', code, detail };
}

function endOfOutcome(outcome: OnceOutcome): RequestEnd {
  if (outcome.kind === 'busy') return { end: 'busy' };
  if (outcome.kind === 'bus-unavailable') return { end: 'open', detail: outcome.reason };
  if (outcome.kind === 'taken') return { end: 'conflict' };
  if (outcome.kind === 'known') return { end: outcome.isSame ? 'duplicate' : 'conflict' };
  return endOfValue(outcome.value);
}

function endOfValue({ status, why }: Remembered): RequestEnd {
  if (status === 'accepted') return { end: 'busy' };
  if (!why) return { end: status };
  return 'code' in why
    ? { end: status, code: why.code, detail: why.detail }
    : { end: status, detail: why.reason };
}

function recordEnd({ fence, ports }: Work, delivery: Delivery, outcome: OnceOutcome): void {
  if (outcome.kind !== 'processed') return;
  const { previous, value } = outcome;
  const fields = { ...deliveryFields(fence, delivery), was: previous?.status ?? 'unknown' };
  ports.log.info(logLines.deliveryCorrected, { ...fields, outcome: value.status });
}
