import { type CapturedTable, isEvent } from '../../contract/cdc-table.ts';
import type { CdcFeed } from '../../contract/define-cdc-feed.ts';
import type { EventContract } from '../../contract/define-event.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { Refusal } from '../../contract/field.ts';
import type { Change, Row } from '../change/change.ts';
import { refusedField } from '../row/read-row.ts';
import { canonicalText } from './canonical-text.ts';
import { type ChangeEvents, type EventsOf, faulty, skipped } from './change-events.ts';
import { differences } from './differences.ts';
import { type Data, dataChecker, type EventWriter, type FeedEvent, isFault } from './feed-event.ts';
import { type Verb, verbOf } from './outcome-of-operation.ts';
import { type Image, imageReader, knownAfter } from './read-image.ts';
import type { RecordOrigin } from './record-origin.ts';
import { tenantOf } from './tenant-of.ts';

/** Turns changes of a table's rows into its created, updated and deleted events. */
export function tableEvents(feed: CdcFeed, table: CapturedTable, write: EventWriter): EventsOf {
  const make = new TableEvents(feed, table, write);
  return (change, origin) => {
    const verb = verbOf(feed, change);
    return typeof verb === 'string' ? make.of(verb, change, origin) : verb;
  };
}

class TableEvents {
  readonly #feed: CdcFeed;
  readonly #table: CapturedTable;
  readonly #write: EventWriter;
  readonly #readKey;
  readonly #readRow;
  readonly #columns: readonly string[];
  readonly #checks;

  constructor(feed: CdcFeed, table: CapturedTable, write: EventWriter) {
    this.#feed = feed;
    this.#table = table;
    this.#write = write;
    this.#columns = Object.keys(table.columns);
    this.#readKey = imageReader(table.columns, table.key);
    this.#readRow = imageReader(table.columns, this.#columns);
    this.#checks = new Map(
      Object.values(table.events)
        .filter(isEvent)
        .map(event => [event, dataChecker(event)]),
    );
  }

  of(verb: Verb, change: Change, origin: RecordOrigin): ChangeEvents {
    const moved = change.keyChange && 'from' in change.keyChange && change.op === 'update';
    if (!moved) return this.#one(verb, change, change.key, origin);
    // One record that moves a row to another key; logs that write two records for it make the same two events.
    const from = (change.keyChange as { readonly from: Row }).from;
    return joined(
      this.#one('deleted', change, from, origin),
      this.#one('created', { ...change, before: {} }, change.key, origin),
    );
  }

  #one(verb: Verb, change: Change, key: Row, origin: RecordOrigin): ChangeEvents {
    const reading = this.#readKey(key, []);
    if ('faults' in reading) return faulty(...reading.faults);
    const tenant = tenantOf(this.#feed.tenant, reading.image);
    if (typeof tenant !== 'string') return faulty(tenant);
    const rule = attempt(() => this.#table.skip.find(({ when }) => when(reading.image)));
    if (rule instanceof Failed) return faulty(rule.fault);
    if (rule) return skipped(rule.reason);
    const event = this.#table.events[verb];
    if (!isEvent(event)) return skipped(event.skip);
    const after = verb === 'deleted' ? this.#deleted(event, reading.image) : this.#row(event, change);
    if ('faults' in after) return faulty(...after.faults);
    const changes = verb === 'updated' ? this.#differences(event, change, after.data) : undefined;
    if (changes?.changed.length === 0) return skipped('nothing canonical changed');
    const emission = {
      event,
      data: after.data,
      tenant,
      ...this.#identity(change, key),
      differences: changes,
    };
    const written = this.#write(change, origin, emission);
    return isFault(written) ? faulty(written) : { kind: 'events', events: [written] };
  }

  #identity({ entity, position }: Change, key: Row) {
    const parts = this.#table.key.map(column => canonicalText(key[column]));
    const { orderBy } = this.#table;
    const ordered = orderBy === this.#table.key ? parts : orderBy.map(column => canonicalText(key[column]));
    return { key: parts, token: position.sequence, group: `${entity}\n${ordered.join('\n')}` };
  }

  #deleted(event: EventContract, key: Image): Mapped {
    return this.#checked(
      event,
      attempt(() => this.#table.mapKey!(key)),
    );
  }

  #row(event: EventContract, change: Change): Mapped {
    const { row, unavailable } = knownAfter(change);
    return this.#mapped(event, row, unavailable);
  }

  #mapped(event: EventContract, row: Row, unavailable: readonly string[]): Mapped {
    const reading = this.#readRow(row, unavailable);
    return 'faults' in reading
      ? reading
      : this.#checked(
          event,
          attempt(() => this.#table.map(reading.image)),
        );
  }

  #checked(event: EventContract, mapped: unknown): Mapped {
    if (mapped instanceof Refusal) return { faults: [this.#refused(mapped)] };
    if (mapped instanceof Failed) return { faults: [mapped.fault] };
    const data = this.#checks.get(event)!(mapped);
    return isFault(data) ? { faults: [data] } : { data };
  }

  #refused(refusal: Refusal): Fault {
    const { column } = refusal;
    const field = column === undefined ? undefined : this.#table.columns[column]?.read;
    return refusedField(refusal, field, column === undefined ? {} : { column });
  }

  /**
   * Only where the log carries the whole row before, but for values that it says are as they were; a previous value is never
   * made up.
   */
  #differences(event: EventContract, change: Change, after: Data) {
    const { before } = change;
    const { unavailable } = knownAfter(change);
    const isKnown = (column: string) => Object.hasOwn(before!, column) || unavailable.includes(column);
    if (!before || !this.#columns.every(isKnown)) return undefined;
    const earlier = this.#mapped(event, before, unavailable);
    return 'data' in earlier ? differences(event, earlier.data, after) : undefined;
  }
}

type Mapped = { readonly data: Data } | { readonly faults: readonly Fault[] };

class Failed {
  readonly fault: Fault;

  constructor(error: unknown) {
    const name = error instanceof Error ? error.name : 'a value';
    this.fault = fault('MAPPING_FAILED', {}, `the mapping threw ${name}`);
  }
}

/** A mapping that throws is a fault of the change, never of the feed. */
function attempt<T>(map: () => T): T | Failed {
  try {
    return map();
  } catch (error) {
    return new Failed(error);
  }
}

/** One unit of input has one outcome: faulty if any part is, skipped if all are. */
function joined(...parts: readonly ChangeEvents[]): ChangeEvents {
  const faults = parts.flatMap(part => (part.kind === 'faulty' ? part.faults : []));
  if (faults.length > 0) return faulty(...faults);
  const events: FeedEvent[] = parts.flatMap(part => (part.kind === 'events' ? part.events : []));
  return events.length > 0 ? { kind: 'events', events } : parts[0]!;
}
