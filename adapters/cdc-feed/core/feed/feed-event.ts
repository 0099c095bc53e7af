import * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { entryBytes, fitsBus } from '#shared/core/batch/pack.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';
import { attributes } from '#shared/core/envelope/attributes.ts';
import { envelopeWriter } from '#shared/core/envelope/envelope.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { idempotencyKeyOf } from '#shared/core/identity/idempotency-key.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import type { Change } from '../change/change.ts';
import type { Differences } from './differences.ts';
import { type RecordOrigin, trails } from './record-origin.ts';

export type Data = Readonly<Record<string, unknown>>;

/** One event of a change, ready for the bus. */
export interface FeedEvent {
  readonly id: string;
  /** Events of one group are published in order. */
  readonly group: string;
  readonly entry: BusEntry;
  /** The event's data as JSON. */
  readonly data: string;
}

export interface Emission {
  readonly event: EventContract;
  /** As the event's schema gave it back. */
  readonly data: Data;
  readonly tenant: string;
  readonly identity: Identity;
  readonly differences?: Differences | undefined;
}

/** What an event's id is made of, beside tenant, feed and type. */
export interface Identity {
  /** What identifies the row, in text. */
  readonly key: readonly string[];
  /** What tells this version of it from others. */
  readonly token: string;
  /** Events of one group are published in order. */
  readonly group: string;
}

export type EventWriter = (change: Change, origin: RecordOrigin, emission: Emission) => FeedEvent | Fault;

/** Writes events of a feed: identity and envelope. A fault when one does not fit the bus. */
export function eventWriter(feed: CdcFeed): EventWriter {
  const writers = new Map(feed.events.map(event => [event, envelopeWriter(event, { contract: feed })]));
  const trailOf = trails(feed.id);
  return (change, origin, { event, data, tenant, identity, differences }) => {
    const { entity, position, transactionId } = change;
    const { key, token, group } = identity;
    const id = idOf(tenant, feed.id, event.type, '0', entity, ...key, token);
    const trail = trailOf(entity, transactionId ?? change.identity ?? position, origin);
    const own = {
      id,
      tenantId: tenant,
      aggregateId: aggregateIdOf(event, data),
      sequence: position,
      idempotencyKey: idempotencyKeyOf([feed.id, entity, ...key], token),
      externalRef: `${entity}#${key.join('/')}`,
      rawRef: origin.rawRef,
      rawHash: origin.rawHash,
      time: change.occurredAt,
      data: JSON.stringify(data),
    };
    const detail = writers.get(event)!(own, trail + differenceAttributes(differences));
    const entry = { source: event.domain, detailType: event.type, detail };
    if (!fitsBus(entry)) return fault('EVENT_TOO_LARGE', {}, `the event takes ${entryBytes(entry)} bytes`);
    return { id, group, entry, data: own.data };
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

export type DataChecker = (data: unknown) => Data | Fault;

/** Holds data against an event's schema. Faults say where and what kind, never the value. */
export function dataChecker(event: EventContract): DataChecker {
  const schema = z.compile(event.schema);
  return data => {
    const checked = schema.safeParse(data);
    if (checked.success) return checked.data as Data;
    const issues = checked.error.issues.slice(0, 5);
    const places = issues.map(issue => `${issue.path.join('.') || 'data'}: ${issue.code}`);
    return fault('SCHEMA_VIOLATION', {}, `the data does not fit ${event.type} at ${places.join('; ')}`);
  };
}

/** Faults carry a remedy; data of events may have any other property. */
export const isFault = (given: Data | FeedEvent | Fault): given is Fault =>
  'code' in given && 'remedy' in given && 'class' in given;
