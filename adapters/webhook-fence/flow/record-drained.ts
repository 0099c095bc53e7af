import type { Delivery } from '../core/webhook/delivery.ts';
import { deliveryFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { deliveryLag } from './delivery-lag.ts';
import type { OnceOutcome } from './run-once.ts';
import type { Work } from './work.ts';

export type DrainOutcome = Extract<OnceOutcome, { readonly kind: 'processed' | 'known' | 'taken' }>;

/**
 * Records how a message of the spill queue ended. A request that was answered `accepted` gets its outcome here, once. A request
 * that had its outcome keeps it in the books (such as a 503, when what it had spilled could not be remembered); a line of its own
 * says what became of the delivery.
 */
export function recordDrained(work: Work, delivery: Delivery, end: DrainOutcome): void {
  const { log } = work.ports;
  const fields = deliveryFields(work.fence, delivery);
  if (end.kind === 'taken') log.error(logLines.drainConflict, fields);
  else if (end.kind === 'processed') recordProcessed(work, delivery, end);
  else if (end.isSame) log.info(logLines.drainRepeated, { ...fields, status: end.value.status });
  else log.error(logLines.drainConflict, { ...fields, status: end.value.status });
}

function recordProcessed(
  work: Work,
  delivery: Delivery,
  { value: { status }, previous }: Extract<OnceOutcome, { readonly kind: 'processed' }>,
): void {
  const { log } = work.ports;
  const fields = deliveryFields(work.fence, delivery);
  const was = previous?.status ?? 'unknown';
  const lag = status === 'published' ? deliveryLag(work, delivery.receivedAt) : {};
  if (was === status) log.info(logLines.drainRepeated, { ...fields, status });
  else if (was === 'accepted')
    log.info(logLines.requestSettled, { ...fields, outcome: status, drained: true, ...lag });
  else log.info(logLines.deliveryCorrected, { ...fields, was, outcome: status });
}
