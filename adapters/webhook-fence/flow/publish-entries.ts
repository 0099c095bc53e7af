import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { digestOfEvents, type EventDigest, eachOnce } from '#shared/core/batch/event-digest.ts';
import { publish } from '#shared/core/batch/publish.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { deliveryFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import type { Work } from './work.ts';

/** `later`: throttled, no answer, or not permitted; send the same ids again. */
export type PublishEnd =
  | { readonly kind: 'published'; readonly accepted: EventDigest }
  | { readonly kind: 'later'; readonly reason: string }
  /** The bus will never accept at least one event; it accepted others. */
  | { readonly kind: 'refused'; readonly reason: string; readonly accepted: EventDigest };

/** Publishes a delivery's events with a few short retries: the sender waits for the answer. */
export async function publishEntries(
  { fence, ports }: Work,
  delivery: Delivery,
  entries: readonly BusEntry[],
): Promise<PublishEnd> {
  const answers = await publish(entries, ports, limits.webhookPublishAttemptsMax);
  const open = answers.find(answer => answer.kind !== 'accepted' && answer.kind !== 'refused');
  if (open && 'reason' in open) {
    const line = open.kind === 'denied' ? logLines.busDenied : logLines.busUnavailable;
    ports.log.error(line, { ...deliveryFields(fence, delivery), reason: open.reason });
    return { kind: 'later', reason: open.reason };
  }
  // Items of one delivery may make the same event.
  const accepted = digestOfEvents(eachOnce(entries.filter((_, i) => answers[i]?.kind === 'accepted')));
  const refused = answers.find(answer => answer.kind === 'refused');
  if (!refused || !('reason' in refused)) return { kind: 'published', accepted };
  return { kind: 'refused', reason: refused.reason, accepted };
}
