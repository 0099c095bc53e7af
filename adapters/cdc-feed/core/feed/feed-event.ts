import type { EventContract } from '#shared/contract/define-event.ts';
import { type Fault, isFault } from '#shared/contract/fault.ts';
import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { attributes } from '#shared/core/envelope/attributes.ts';
import type { EventData } from '#shared/core/event/data-checker.ts';
import { writerFor } from '#shared/core/event/entry-writer.ts';
import { fieldsMaker } from '#shared/core/event/event-facts.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import type { Change } from '../change/change.ts';
import type { Differences } from './differences.ts';
import { type RecordOrigin, traceWriter } from './record-origin.ts';

/** One event of a change, ready for the bus. */
export interface FeedEvent {
  readonly id: string;
  /** Events of one group are published in order. */
  readonly group: string;
  /** Of two events of one group, the one with the greater text is newer. */
  readonly sequence: string;
  readonly entry: BusEvent;
  /** The event's data as JSON. */
  readonly data: string;
}

/** An event of a change, with data that fits its schema. */
export interface CheckedEmission {
  readonly event: EventContract;
  /** As the event's schema gave it back. */
  readonly data: EventData;
  readonly tenant: string;
  readonly identity: RowIdentity;
  readonly differences?: Differences | undefined;
}

/** What an event's id is made of, beside tenant, feed, type and table. */
export interface RowIdentity {
  /** What identifies the row, in text. */
  readonly key: readonly string[];
  /** What tells this version of it from others. */
  readonly token: string;
  /** Events of one group are published in order. */
  readonly group: string;
}

export type EventWriter = (
  change: Change,
  origin: RecordOrigin,
  emission: CheckedEmission,
) => FeedEvent | Fault;

/** Writes events of a feed: identity and envelope. A fault when one does not fit the bus. */
export function eventWriter(feed: CdcFeed): EventWriter {
  const writerOf = writerFor(feed.publish);
  const writers = new Map(
    feed.events.map(event => [
      event,
      { fieldsOf: fieldsMaker(feed.id, event), write: writerOf(event, { contract: feed }) },
    ]),
  );
  const traceOf = traceWriter(feed.id);
  return (change, origin, { event, data, tenant, identity, differences }) => {
    const { entity, position, transactionId } = change;
    const { key, token, group } = identity;
    const { fieldsOf, write } = writers.get(event)!;
    const facts = {
      tenant,
      // A change makes at most one event of a type and key.
      ordinal: 0,
      key: [entity, ...key],
      version: token,
      sequence: position,
      externalRef: `${entity}#${key.join('/')}`,
      rawRef: origin.rawRef,
      rawHash: origin.rawHash,
      time: change.occurredAt,
    };
    const fields = fieldsOf(facts, data);
    const trace = traceOf(entity, transactionId ?? change.identity ?? position, origin);
    const entry = write(fields, {}, { ...trace, own: trace.own + differenceAttributes(differences) });
    return isFault(entry) ? entry : { id: fields.id, group, sequence: position, entry, data: fields.data };
  };
}

/** `changed`: names of properties of `data`, joined by commas; `previous`: their former values, as a JSON object in text. */
const differenceAttributes = (differences: Differences | undefined): string =>
  differences
    ? attributes({
        changed: differences.changed.join(','),
        previous: JSON.stringify(differences.previous),
      })
    : '';
