import type { Fault } from '#shared/contract/fault.ts';
import { faultOfAnswer } from '#shared/core/batch/fault-of-answer.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import type { Payload } from '../core/webhook/payload.ts';
import { publishDelivery } from './publish-delivery.ts';
import { quarantine } from './quarantine.ts';
import type { Work } from './work.ts';

/** What became of an archived delivery. `later`: the bus does not take its events now. */
export type Made =
  | { readonly status: 'published' }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'quarantined'; readonly fault: Fault; readonly inPart: boolean }
  | { readonly status: 'later'; readonly reason: string };

/** Maps and publishes a delivery; what cannot be used is put aside. Everything written is the same on every repetition. */
export async function makeEvents(
  work: Work,
  delivery: Delivery,
  payload: Payload,
  rawUri: string,
): Promise<Made> {
  const decision = work.decide(delivery, payload, rawUri);
  if (decision.kind === 'skipped') return { status: 'skipped', reason: decision.reason };
  if (decision.kind === 'faulty') return putAside(work, delivery, decision.fault);
  const end = await publishDelivery(work, decision.entries);
  if (end.kind === 'published') return { status: 'published' };
  if (end.kind === 'later') return { status: 'later', reason: end.reason };
  return putAside(work, delivery, refusedByBus(end, decision.entries.length), end.published > 0);
}

function refusedByBus({ reason, published }: { reason: string; published: number }, events: number): Fault {
  const others = published > 0 ? `; ${published} of its ${events} events are published all the same` : '';
  return faultOfAnswer({ kind: 'refused', reason: `${reason}${others}` });
}

async function putAside(work: Work, delivery: Delivery, found: Fault, inPart = false): Promise<Made> {
  await quarantine(work, delivery, found);
  return { status: 'quarantined', fault: found, inPart };
}
