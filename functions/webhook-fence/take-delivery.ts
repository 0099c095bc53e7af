import { type Fault, fault } from '../../shared/contract/fault.ts';
import { archiveText } from '../../shared/core/webhook/archive.ts';
import { archiveKey } from '../../shared/core/webhook/delivery.ts';
import type { Remembered } from '../../shared/core/webhook/remembered.ts';
import type { Named } from './accept-delivery.ts';
import { claimId } from './conflict.ts';
import { publishDelivery } from './publish-delivery.ts';
import { quarantine } from './quarantine.ts';
import { spill } from './spill.ts';
import type { Work } from './work.ts';

/**
 * What is done once for a delivery: kept raw before anything else, then mapped and published, quarantined, skipped, or left to
 * the drain. Everything written is the same on every repetition. Whatever throws leaves nothing remembered.
 */
export async function takeDelivery(work: Work, named: Named): Promise<Remembered> {
  const { fence, ports } = work;
  const { delivery, payload } = named;
  await claimId(work, named);
  const key = archiveKey(fence.id, delivery);
  await ports.files.write('raw', key, Buffer.from(archiveText(delivery)), 'application/json');
  const decision = work.decide(delivery, payload, ports.files.uri({ bucket: 'raw', key }));
  if (decision.kind === 'skipped') return remembered(named, 'skipped', { reason: decision.reason });
  if (decision.kind === 'faulty') return putAside(work, named, decision.fault);
  const end = await publishDelivery(work, decision.entries);
  if (end.kind === 'published') return remembered(named, 'published');
  if (end.kind === 'refused') return putAside(work, named, refusedByBus(end.reason), 202);
  await spill(work, { correlationId: delivery.correlationId, key });
  return remembered(named, 'accepted');
}

export const refusedByBus = (reason: string): Fault =>
  fault('PUBLISH_REFUSED', {}, `the bus answered ${reason}`);

async function putAside(
  work: Work,
  named: Named,
  found: Fault,
  statusCode: number = work.fence.onInvalidPayload,
): Promise<Remembered> {
  await quarantine(work, named.delivery, found);
  const { code, at, detail, remedy } = found;
  return remembered(named, 'quarantined', { code, at, detail, remedy }, statusCode);
}

function remembered(
  { delivery: { correlationId }, tenant }: Named,
  status: Remembered['status'],
  more: object = {},
  statusCode = 202,
): Remembered {
  return { status, tenant, answer: { statusCode, body: JSON.stringify({ correlationId, status, ...more }) } };
}
