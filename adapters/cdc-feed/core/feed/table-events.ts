import { isFault } from '#shared/contract/fault.ts';
import { rowTenantReader } from '#shared/core/event/tenant-reader.ts';
import type { CdcFeed } from '../../contract/cdc-feed.ts';
import { type CapturedTable, isEvent, type KeyRule } from '../../contract/cdc-table.ts';
import type { Change, Row } from '../change/change.ts';
import { attempt, Failed } from './attempt.ts';
import { canonicalText } from './canonical-text.ts';
import { type ChangeEvents, type EventsOf, eventsOf, faulty, skipped } from './change-result.ts';
import type { EventWriter, RowIdentity } from './feed-event.ts';
import { type Verb, verbOf } from './outcome-of-operation.ts';
import { type Image, imageReader } from './read-image.ts';
import type { RecordOrigin } from './record-origin.ts';
import { TableMapping } from './table-mapping.ts';

/** Turns changes of a table's rows into its created, updated and deleted events. */
export function tableEvents(feed: CdcFeed, table: CapturedTable, write: EventWriter): EventsOf {
  const make = new TableEvents(feed, table, write);
  return (change, origin) => {
    const verb = verbOf(feed, change);
    return typeof verb === 'string' ? make.of(verb, change, origin) : verb;
  };
}

class TableEvents {
  readonly #readTenant;
  readonly #table: CapturedTable;
  readonly #write: EventWriter;
  readonly #mapping: TableMapping;
  readonly #readKey;

  constructor(feed: CdcFeed, table: CapturedTable, write: EventWriter) {
    this.#readTenant = rowTenantReader(feed.tenant);
    this.#table = table;
    this.#write = write;
    this.#mapping = new TableMapping(table);
    this.#readKey = imageReader(table.columns, table.key);
  }

  of(verb: Verb, change: Change, origin: RecordOrigin): ChangeEvents {
    const moved = change.keyChange && 'from' in change.keyChange && change.op === 'update';
    if (!moved) return this.#one(verb, change, change.key, origin);
    // One record that moves a row to another key; logs that write two records for it make the same two events.
    const from = (change.keyChange as { readonly from: Row }).from;
    return joined(
      this.#one('deleted', change, from, origin),
      this.#one('created', behind(change), change.key, origin),
    );
  }

  #one(verb: Verb, change: Change, key: Row, origin: RecordOrigin): ChangeEvents {
    const reading = this.#readKey(key, []);
    if ('faults' in reading) return faulty(...reading.faults);
    const tenant = this.#readTenant(reading.image, {});
    if (isFault(tenant)) return faulty(tenant);
    const rule = this.#ruleFor(reading.image);
    if (rule instanceof Failed) return faulty(rule.fault);
    if (rule) return skipped(rule.reason);
    const event = this.#table.events[verb];
    if (!isEvent(event)) return skipped(event.skip);
    const mapped =
      verb === 'deleted' ? this.#mapping.deleted(event, reading.image) : this.#mapping[verb](event, change);
    if ('faults' in mapped) return faulty(...mapped.faults);
    const { data, differences } = mapped;
    if (differences?.changed.length === 0) return skipped('nothing canonical changed');
    const identity = this.#identity(change, key);
    const written = this.#write(change, origin, { event, data, tenant, identity, differences });
    return isFault(written) ? faulty(written) : { kind: 'events', events: [written] };
  }

  #ruleFor(key: Image): KeyRule<Image> | Failed | undefined {
    const { skip } = this.#table;
    return skip.length === 0 ? undefined : attempt(() => skip.find(({ when }) => when(key)));
  }

  #identity({ entity, position, identity }: Change, key: Row): RowIdentity {
    const parts = this.#table.key.map(column => canonicalText(key[column]));
    const { orderBy } = this.#table;
    const ordered = orderBy === this.#table.key ? parts : orderBy.map(column => canonicalText(key[column]));
    return { key: parts, token: identity ?? position, group: `${entity}\n${ordered.join('\n')}` };
  }
}

/** Both keys may name one aggregate: what is created there is newer than what is deleted. The event's id stays as it is. */
const behind = (change: Change): Change => ({
  ...change,
  before: {},
  position: `${change.position}.1`,
  identity: change.identity ?? change.position,
});

/** One unit of input has one outcome: faulty if any part is, skipped if all are. */
function joined(...parts: readonly ChangeEvents[]): ChangeEvents {
  const faults = parts.flatMap(part => (part.kind === 'faulty' ? part.faults : []));
  if (faults.length > 0) return faulty(...faults);
  const events = parts.flatMap(eventsOf);
  return events.length > 0 ? { kind: 'events', events } : parts[0]!;
}
