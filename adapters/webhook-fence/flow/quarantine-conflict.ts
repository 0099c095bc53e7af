import { fault } from '#shared/contract/fault.ts';
import { contractAnswer, type Ending } from '../core/webhook/answer.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { identityOf } from '../core/webhook/log-fields.ts';
import { quarantineDelivery } from './quarantine-delivery.ts';
import type { Work } from './work.ts';

/** Quarantines a delivery that contradicts one that was accepted; answered as the contract says. */
export async function quarantineConflict(work: Work, delivery: Delivery): Promise<Ending> {
  const found = fault(
    'DUPLICATE_CONFLICT',
    {},
    'another payload was accepted under this name before, or may have been published',
    'Send new content under a new id.',
  );
  await quarantineDelivery(work, delivery, found);
  const { code, detail, remedy } = found;
  const { correlationId } = delivery;
  const body = JSON.stringify({ correlationId, status: 'quarantined', code, detail, remedy });
  const answer = contractAnswer(work.fence.answers.conflict, body);
  return { answer, outcome: 'quarantined', code, ...identityOf(delivery) };
}
