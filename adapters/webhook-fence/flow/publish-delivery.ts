import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { publish } from '#shared/core/batch/publish.ts';
import type { Work } from './work.ts';

/** `later`: throttled, no answer, or not permitted; the same ids are to be sent again. */
export type PublishEnd =
  | { readonly kind: 'published' }
  | { readonly kind: 'later'; readonly reason: string }
  /** At least one event, for good; `published` counts the others. */
  | { readonly kind: 'refused'; readonly reason: string; readonly published: number };

/** Publishes a delivery's events with a few short retries: someone waits for the answer. */
export async function publishDelivery(
  { fence, ports }: Work,
  entries: readonly BusEntry[],
): Promise<PublishEnd> {
  const answers = await publish(entries, ports.bus, ports.clock, limits.webhookPublishAttemptsMax);
  const open = answers.find(answer => answer.kind !== 'accepted' && answer.kind !== 'refused');
  if (open && 'reason' in open) {
    const event = open.kind === 'denied' ? 'bus denied' : 'bus unavailable';
    ports.log.error(event, { integration: fence.id, reason: open.reason });
    return { kind: 'later', reason: open.reason };
  }
  const refused = answers.find(answer => answer.kind === 'refused');
  if (!refused || !('reason' in refused)) return { kind: 'published' };
  const published = answers.filter(answer => answer.kind === 'accepted').length;
  return { kind: 'refused', reason: refused.reason, published };
}
