import { parseArchive } from '../../shared/core/webhook/archive.ts';
import type { Delivery } from '../../shared/core/webhook/delivery.ts';
import { readPayload } from '../../shared/core/webhook/payload.ts';
import type { Remembered } from '../../shared/core/webhook/remembered.ts';
import { drainedName } from './drained-name.ts';
import { publishDelivery } from './publish-delivery.ts';
import { quarantine } from './quarantine.ts';
import { readRaw } from './read-raw.ts';
import { parseSpilled } from './spill.ts';
import { refusedByBus } from './take-delivery.ts';
import type { Work } from './work.ts';

/** The bus does not take it yet: the message stays in the queue. */
export class StillSpilled extends Error {
  override readonly name = 'StillSpilled';
}

/**
 * Publishes a delivery that was answered before the bus took it: read from the archive, mapped again to the same ids. False
 * when someone else is at it.
 * @throws StillSpilled and whatever else keeps it in the queue.
 */
export async function drain(work: Work, message: string): Promise<boolean> {
  const { files, log, once } = work.ports;
  const { correlationId, key } = parseSpilled(message);
  const delivery = parseArchive(await readRaw(work, key));
  const end = await once.run(
    {
      name: drainedName(correlationId),
      payloadHash: delivery.sha256,
      remainingMilliseconds: work.invocation.remainingMilliseconds,
    },
    () => publishArchived(work, delivery, files.uri({ bucket: 'raw', key })),
  );
  if (end.kind === 'busy') return false;
  if (end.kind === 'first')
    log.info('request settled', {
      integration: work.fence.id,
      correlationId,
      outcome: end.value.status,
      drained: true,
    });
  return true;
}

async function publishArchived(work: Work, delivery: Delivery, rawUri: string): Promise<Remembered> {
  const decision = work.decide(delivery, readPayload(work.fence, delivery.body), rawUri);
  if (decision.kind === 'skipped') return drained('skipped');
  if (decision.kind === 'faulty') {
    await quarantine(work, delivery, decision.fault);
    return drained('quarantined');
  }
  const end = await publishDelivery(work, decision.entries);
  if (end.kind === 'later') throw new StillSpilled(end.reason);
  if (end.kind === 'refused') await quarantine(work, delivery, refusedByBus(end.reason));
  return drained(end.kind === 'refused' ? 'quarantined' : 'published');
}

/** Nobody waits for an answer, and its tenant is remembered with the request. */
const drained = (status: Remembered['status']): Remembered => ({
  status,
  tenant: '',
  answer: { statusCode: 202, body: '' },
});
