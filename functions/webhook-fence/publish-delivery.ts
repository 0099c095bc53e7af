import { limits } from '../../shared/contract/limits.ts';
import type { BusEntry } from '../../shared/core/batch/bus-entry.ts';
import { publish } from '../../shared/core/batch/publish.ts';
import type { Work } from './work.ts';

/** `later`: throttled, no answer, or not permitted; the same ids are to be sent again. */
export type PublishEnd =
  | { readonly kind: 'published' }
  | { readonly kind: 'refused' | 'later'; readonly reason: string };

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
  return refused && 'reason' in refused ? { kind: 'refused', reason: refused.reason } : { kind: 'published' };
}
