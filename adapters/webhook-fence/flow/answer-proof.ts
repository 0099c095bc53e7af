import { madeEventOf, type ProofAnswer, proofQuestion } from '#shared/core/audit/proof-question.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { parseArchive } from '../core/webhook/archive.ts';
import type { DecidedEvent } from '../core/webhook/decision.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { deliveryFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { readPayload } from '../core/webhook/payload.ts';
import { itemKey } from './claim-items.ts';
import { readIfThere } from './read-if-there.ts';
import type { Work } from './work.ts';

/**
 * Makes the events of an archived delivery again, says which they are, and publishes those that are asked for. Whoever asks names ids:
 * nothing is published that the delivery itself does not make, and nothing at all while the fence is disabled. Deliveries of a fence know no order.
 * @throws ZodError for what is no question; Error for a delivery of another fence.
 */
export async function answerProof(work: Work, event: object): Promise<ProofAnswer> {
  const { unit, publish: ids } = proofQuestion.parse(event);
  const { fence, ports } = work;
  if (!unit.startsWith(`${fence.id}/`)) throw new Error(`${unit} is no delivery of ${fence.id}`);
  const delivery = await readIfThere(work, { bucket: 'raw', key: unit }, parseArchive);
  const entries = delivery ? await ownEntries(work, delivery, unit) : [];
  const isDisabled = ids.length > 0 && (await ports.input.isDisabled(fence.id));
  const wanted = new Set(isDisabled ? [] : ids);
  const missing = entries.filter(({ id }) => wanted.has(id));
  const answers = await publish(missing, ports);
  const published = missing.flatMap(({ id }, i) => (answers[i] && isAccepted(answers[i]) ? [id] : []));
  if (isDisabled) return { events: entries.map(madeEventOf), published, disabled: true };
  if (delivery && ids.length > 0)
    ports.log.info(logLines.missingPublished, {
      ...deliveryFields(fence, delivery),
      ...{ asked: ids.length, published: published.length },
    });
  return { events: entries.map(madeEventOf), published };
}

/** Each once, without those of items that another delivery published. */
async function ownEntries(work: Work, delivery: Delivery, key: string): Promise<readonly BusEntry[]> {
  const { fence, ports } = work;
  const uri = ports.files.uri({ bucket: 'raw', key });
  const decision = work.decide(delivery, readPayload(fence, delivery), uri);
  if (decision.kind !== 'events') return [];
  const own = new Map<string, BusEntry>();
  for (const event of decision.events)
    if (await isOwn(work, delivery, event)) own.set(event.entry.id, event.entry);
  return [...own.values()];
}

async function isOwn(
  { fence, ports }: Work,
  { correlationId }: Delivery,
  { item }: DecidedEvent,
): Promise<boolean> {
  if (!item) return true;
  const owner = await ports.idClaims.holder(itemKey(fence, item));
  return owner?.split('#')[0] === correlationId;
}
