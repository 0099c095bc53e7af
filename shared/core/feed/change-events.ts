import type { CdcFeed } from '../../contract/define-cdc-feed.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Change } from '../change/change.ts';
import { eventWriter, type FeedEvent } from './feed-event.ts';
import { outboxEvents } from './outbox-events.ts';
import type { RecordOrigin } from './record-origin.ts';
import { tableEvents } from './table-events.ts';

/** What becomes of one change. */
export type ChangeEvents =
  | { readonly kind: 'events'; readonly events: readonly FeedEvent[] }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

export type EventsOf = (change: Change, origin: RecordOrigin) => ChangeEvents;

/** Those that a record made; none for one that ended otherwise. */
export const eventsOf = (made: ChangeEvents): readonly FeedEvent[] =>
  made.kind === 'events' ? made.events : [];

export const skipped = (reason: string): ChangeEvents => ({ kind: 'skipped', reason });
export const faulty = (...faults: readonly Fault[]): ChangeEvents => ({ kind: 'faulty', faults });

/** Turns a feed's changes into events: rules, canonical values, mapping, schema, tenant, identity, envelope. Pure. */
export function changeEvents(feed: CdcFeed): EventsOf {
  const write = eventWriter(feed);
  const makers = new Map(
    Object.entries(feed.tables).map(([name, captured]) => [
      name,
      captured.kind === 'outbox' ? outboxEvents(feed, captured, write) : tableEvents(feed, captured, write),
    ]),
  );
  // A decoder names no entity but those of its source, which are the feed's tables.
  return (change, origin) => makers.get(change.entity)!(change, origin);
}
