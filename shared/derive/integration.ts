import type { CdcFeed } from '../contract/define-cdc-feed.ts';
import type { EventContract } from '../contract/define-event.ts';
import type { FileLane } from '../contract/define-file-lane.ts';
import { eventsOf, type WebhookFence } from '../contract/define-webhook-fence.ts';

/** A contract of any kind. */
export type Integration = FileLane | WebhookFence | CdcFeed;

/** What people call the kinds. */
export const kindNames: Readonly<Record<Integration['kind'], string>> = {
  'file-lane': 'file lane',
  'webhook-fence': 'webhook fence',
  'cdc-feed': 'CDC feed',
};

/** Every event that the integration may publish, once each. */
export const emittedBy = (integration: Integration): readonly EventContract[] =>
  integration.kind === 'webhook-fence' ? eventsOf(integration) : integration.events;

/** The strictest promise of an integration's events: seconds from arrival at the edge to the bus. */
export const promisedSeconds = (events: readonly EventContract[]): number =>
  Math.min(...events.map(event => event.sla.publishedWithinSeconds));

/** Whether rows become events by mapping; an outbox has no columns of its own to read, map or drift. */
export const hasTable = ({ tables }: CdcFeed): boolean =>
  Object.values(tables).some(captured => captured.kind === 'table');

export const hasOutbox = ({ tables }: CdcFeed): boolean =>
  Object.values(tables).some(captured => captured.kind === 'outbox');
