import type { EventContract } from '#shared/contract/define-event.ts';
import { fault, isFault } from '#shared/contract/fault.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';
import { type DataChecker, dataChecker } from '#shared/core/event/data-checker.ts';
import { rowTenantReader } from '#shared/core/event/tenant-reader.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import type { CapturedOutbox } from '../../contract/cdc-table.ts';
import { type EventsOf, faulty, skipped } from './change-result.ts';
import type { EventWriter } from './feed-event.ts';

/**
 * Publishes the rows of an outbox as the events that they carry. A row is written once, so its own id identifies its event,
 * also when a snapshot reads it again.
 */
export function outboxEvents(feed: CdcFeed, outbox: CapturedOutbox, write: EventWriter): EventsOf {
  const known = new Map<string, { readonly event: EventContract; readonly check: DataChecker }>(
    Object.entries(outbox.events).map(([type, event]) => [type, { event, check: dataChecker(event) }]),
  );
  const readTenant = rowTenantReader(feed.tenant);
  return (change, origin) => {
    if (change.op === 'read' && feed.snapshots === 'skip')
      return skipped('snapshot reads are no events here');
    const row = change.outbox!;
    const carried = known.get(row.type);
    if (!carried)
      return faulty(fault('UNKNOWN_EVENT_TYPE', { column: outbox.columns.type }, 'an event type not named'));
    const tenant = readTenant(change.after ?? {}, {});
    if (isFault(tenant)) return faulty(tenant);
    const data = carried.check(row.payload, {});
    if (isFault(data)) return faulty(data);
    if (aggregateIdOf(carried.event, data) !== row.aggregateId)
      return faulty(
        fault(
          'SCHEMA_VIOLATION',
          { column: outbox.columns.aggregateId },
          'the payload is of another aggregate than the row, so its order would not be kept',
        ),
      );
    const group = `${row.aggregateType}/${row.aggregateId}`;
    const identity = { key: [row.id], token: 'once', group };
    const event = write(change, origin, { event: carried.event, data, tenant, identity });
    return isFault(event) ? faulty(event) : { kind: 'events', events: [event] };
  };
}
