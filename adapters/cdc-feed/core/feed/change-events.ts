import type { CdcFeed } from '../../contract/cdc-feed.ts';
import type { EventsOf } from './change-result.ts';
import { eventWriter } from './feed-event.ts';
import { outboxEvents } from './outbox-events.ts';
import { tableEvents } from './table-events.ts';

/** Turns a feed's changes into events: rules, canonical values, mapping, schema, tenant, identity, envelope. Pure. */
export function changeEvents(feed: CdcFeed): EventsOf {
  const write = eventWriter(feed);
  const makers = new Map(
    Object.entries(feed.tables).map(([name, captured]) => [
      name,
      captured.kind === 'outbox' ? outboxEvents(feed, captured, write) : tableEvents(feed, captured, write),
    ]),
  );
  return (change, origin) => {
    const make = makers.get(change.entity);
    // A decoder names no entity but those of its source, which are the feed's tables.
    if (!make) throw new Error('a change of a table that the feed does not capture');
    return make(change, origin);
  };
}
