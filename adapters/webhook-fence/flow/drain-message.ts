import { retrySeconds } from '#shared/core/batch/retry-seconds.ts';
import { parseArchive } from '../core/webhook/archive.ts';
import { identityOf } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { readRaw } from './read-raw.ts';
import { recordDrained } from './record-drained.ts';
import { reprocessDelivery } from './reprocess-delivery.ts';
import { parseSpilled } from './spill-delivery.ts';
import type { Work } from './work.ts';

/** One message of the spill queue. */
export interface SpillMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
  /** How often the message was received, this time included. */
  readonly receives: number;
}

/** Whether the message is finished. If not, it comes again later, with growing delay, until its queue moves it to the dead letters. */
export async function drainMessage(work: Work, message: SpillMessage): Promise<boolean> {
  if (await isDrained(work, message)) return true;
  await work.ports.spillQueue.defer(message.receiptHandle, retrySeconds(message.receives));
  return false;
}

async function isDrained(work: Work, { messageId, body, receives }: SpillMessage): Promise<boolean> {
  const { fence, ports } = work;
  let fields: Readonly<Record<string, unknown>> = { integration: fence.id, messageId, receives };
  try {
    const { key, correlationId } = parseSpilled(body);
    fields = { ...fields, correlationId };
    const delivery = parseArchive(await readRaw(work, key));
    fields = { ...fields, ...identityOf(delivery) };
    const outcome = await reprocessDelivery(work, { delivery, key });
    if (outcome.kind === 'busy') return false;
    if (outcome.kind === 'bus-unavailable') {
      ports.log.error(logLines.drainFailed, { ...fields, reason: outcome.reason });
      return false;
    }
    recordDrained(work, delivery, outcome);
    return true;
  } catch (error) {
    ports.log.error(logLines.drainFailed, { ...fields, error });
    return false;
  }
}
