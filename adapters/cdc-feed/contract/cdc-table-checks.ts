import { checkTenant } from '#shared/contract/contract-base.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import { ContractError, refuseUnknownOptions } from '#shared/contract/options.ts';
import type { CdcFeed } from './cdc-feed.ts';
import {
  type Captured,
  type CapturedOutbox,
  type CapturedTable,
  columnOptions,
  isEvent,
  type NoEvent,
} from './cdc-table.ts';

/** @throws ContractError */
export function checkTables(where: string, feed: CdcFeed): void {
  const tables = Object.entries(feed.tables);
  require(where, tables.length > 0, 'tables must name at least one table');
  for (const [name, captured] of tables) {
    const place = `${where}: ${name}`;
    if (captured.kind === 'table') checkTable(place, captured, feed);
    else checkOutbox(place, captured);
    checkTenant(place, feed.tenant, tenantSources(captured));
  }
}

/** A deleted row may be known by its key alone. */
const tenantSources = (captured: Captured): readonly string[] =>
  captured.kind === 'table'
    ? captured.key
    : [...Object.values(captured.columns), ...Object.keys(captured.more)];

function checkTable(where: string, table: CapturedTable, feed: CdcFeed): void {
  const columns = Object.keys(table.columns);
  require(where, table.key.length > 0, 'key must name at least one column');
  for (const column of table.key) {
    require(where, columns.includes(
      column,
    ), `key "${column}" is not a column; columns are ${columns.join(', ')}`);
    require(where, !table.columns[column]!.read
      .pii, `key "${column}" is personal data and would stand in event attributes and logs`);
  }
  for (const column of table.orderBy)
    require(where, table.key.includes(
      column,
    ), `orderBy "${column}" is not part of the key, which is all that a delete is sure to carry`);
  require(where, table.orderBy.length > 0, 'orderBy must name at least one column');
  for (const column of table.ignore)
    require(where, !columns.includes(column), `ignore "${column}" is a column that the mapping reads`);
  checkColumns(where, table, feed);
  checkProbe(where, table);
  checkEvents(where, table);
}

function checkColumns(where: string, { columns, key }: CapturedTable, { source }: CdcFeed): void {
  for (const [name, column] of Object.entries(columns)) {
    refuseUnknownOptions(`${where}: column ${name}`, column, columnOptions);
    if (column.unavailable === undefined) continue;
    require(where, column.unavailable === 'omit', `column ${name}: unavailable must be 'omit' or left out`);
    require(where, !key.includes(name), `unavailable: the key column "${name}" is always there`);
    require(where, source.kind ===
      'debezium', `unavailable: a log of ${source.kind} carries every value of a row`);
  }
}

function checkProbe(where: string, { probe, key, columns }: CapturedTable): void {
  if (!probe) return;
  refuseUnknownOptions(`${where}: probe`, probe, Object.keys(columns));
  for (const column of key)
    require(where, probe[column] !== undefined &&
      probe[column] !== null, `probe must name the key column "${column}"`);
  const others = Object.keys(probe).filter(column => !key.includes(column));
  require(where, others.length > 0, 'probe must name a column besides the key');
}

const verbs = { created: ['created', 'updated'], updated: ['updated'], deleted: ['deleted'] } as const;

function checkEvents(where: string, table: CapturedTable): void {
  refuseUnknownOptions(`${where}: events`, table.events, Object.keys(verbs));
  const given = (Object.keys(verbs) as (keyof typeof verbs)[]).map(
    kind => [kind, table.events[kind]] as const,
  );
  for (const [kind, event] of given) checkEvent(where, kind, event);
  const events = given.map(([, event]) => event).filter(isEvent);
  require(where, events.length > 0, 'events: at least one kind of change must be an event');
  for (const event of events) {
    const [first] = events;
    require(where, aggregateOf(event) ===
      aggregateOf(
        first!,
      ), `events: ${event.type} and ${first!.type} are not of one aggregate with one aggregateId, so consumers could not order them`);
  }
  const hasDeleted = isEvent(table.events.deleted);
  require(where, !hasDeleted || table.mapKey !== undefined, 'mapKey is needed to make the deleted event');
  require(where, hasDeleted || table.mapKey === undefined, 'mapKey does nothing without a deleted event');
}

function checkEvent(
  where: string,
  kind: keyof typeof verbs,
  event: EventContract | NoEvent | undefined,
): void {
  require(where, event !==
    undefined, `events.${kind} must name an event, or say why there is none: { skip: '…' }`);
  if (!isEvent(event)) {
    require(where, event.skip.trim() !== '', `events.${kind}.skip must say why`);
    return;
  }
  const allowed: readonly string[] = verbs[kind];
  require(where, event.category === 'fact', `events.${kind}: ${event.type} is no fact`);
  require(where, allowed.includes(
    event.name,
  ), `events.${kind}: ${event.type} must be named ${allowed.join(' or ')}`);
}

const aggregateOf = ({ domain, aggregate, aggregateId }: EventContract): string =>
  [domain, aggregate, ...aggregateId].join('/');

function checkOutbox(where: string, { events, columns, more }: CapturedOutbox): void {
  require(where, Object.keys(events).length > 0, 'events must name at least one event');
  for (const [type, event] of Object.entries(events))
    require(where, event.category !== 'operational', `events: "${type}" is ${event.type}, the suite’s own`);
  const names = Object.values(columns);
  require(where, new Set(names).size === names.length, 'columns must differ from each other');
  for (const name of Object.keys(more))
    require(where, !names.includes(name), `more: "${name}" is a column of the outbox already`);
}

function require(where: string, holds: boolean, message: string): asserts holds {
  if (!holds) throw new ContractError(`${where}: ${message}`);
}
