import type * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Field, Refusal } from '#shared/contract/field.ts';
import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { type ColumnType, type OutboxColumns, outboxColumns } from './cdc-source.ts';

/** One captured column: how the log writes it, and what it means here. */
export interface CapturedColumn<T = unknown> {
  /** Also where the record brings a schema, so that every wire form of the same change reads alike. */
  readonly type: ColumnType;
  /**
   * Reads the value into a canonical one: codes, units, ranges, personal tags. It is given text: numbers in plain digits,
   * booleans as `true` and `false`, JSON and arrays as JSON, a null as empty text.
   */
  readonly read: Field<T>;
  /**
   * What becomes of a change whose log does not carry the column's value (an unchanged TOAST value): without this it is
   * quarantined; with `omit` the mapping is given undefined, and a property that it leaves undefined means "as before".
   */
  readonly unavailable?: 'omit';
}

export const columnOptions = ['type', 'read', 'unavailable'];

export type CapturedColumns = Readonly<Record<string, CapturedColumn>>;

/** The canonical values of one row, by column. */
export type Image<C extends CapturedColumns> = {
  readonly [K in keyof C]: C[K]['read'] extends Field<infer T>
    ? C[K] extends { readonly unavailable: 'omit' }
      ? T | undefined
      : T
    : never;
};

/** Why a kind of change is no event; such changes are counted as `skipped`. */
export interface NoEvent {
  readonly skip: string;
}

export interface TableEvents<U extends EventContract, D extends EventContract> {
  /** Named `created`, or `updated` where consumers need not tell the two apart. */
  readonly created: U | NoEvent;
  readonly updated: U | NoEvent;
  readonly deleted: D | NoEvent;
}

/** A declared rule by which rows of some keys are no events. On the key alone, so that it holds for deletes too. */
export interface KeyRule<Key> {
  readonly reason: string;
  readonly when: (key: Key) => boolean;
}

export interface TableSpec<
  C extends CapturedColumns,
  K extends keyof C & string,
  U extends EventContract,
  D extends EventContract,
> {
  /** The primary key's columns, in order. Not personal. */
  readonly key: readonly K[];
  /** Part of the key whose changes stay in order among each other, e.g. the order of an order line. Default the whole key. */
  readonly orderBy?: readonly K[];
  /** Every column the mapping reads. */
  readonly columns: C;
  /** Columns that are captured and mean nothing here; any other is schema drift. */
  readonly ignore?: readonly string[];
  readonly events: TableEvents<U, D>;
  readonly skip?: readonly KeyRule<Pick<Image<C>, K>>[];
  /** A row to the data of `created` and `updated`. Pure; values are canonical when it is called. A refusal quarantines. */
  readonly map: (row: Image<C>) => z.infer<U['schema']> | Refusal;
  /**
   * A key to the data of `deleted`. Of a deleted row many logs carry the key alone, so the event is made of nothing else: it
   * is the same from each of them.
   */
  readonly mapKey?: (key: Pick<Image<C>, K>) => z.infer<D['schema']>;
  /**
   * Needed where the key has more columns, the tenant's aside, than the events' `aggregateId` has properties: why no two keys,
   * at whatever times, share an aggregate all the same, e.g. because one property is made of two columns.
   */
  readonly aggregatePerKey?: { readonly reason: string };
  /**
   * A row that stands for nothing: its key, and the values that other columns must be read as, by column. Where they are read as
   * others, the connector is set otherwise than the contract says: its change is quarantined. It makes no event.
   */
  readonly probe?: Readonly<Partial<Record<keyof C & string, ProbeValue>>>;
}

/** A value as it is read from the log, before its field reads it: `"1234.50"`, `"2026-01-02T03:04:05.678901Z"`, `true`, `null`. */
export type ProbeValue = null | boolean | number | string;

const tableOptions = [
  ...['key', 'orderBy', 'columns', 'ignore', 'events', 'skip', 'map', 'mapKey'],
  ...['aggregatePerKey', 'probe'],
];

/** A captured table whose changes become created, updated and deleted facts. */
export interface CapturedTable {
  readonly kind: 'table';
  readonly key: readonly string[];
  readonly orderBy: readonly string[];
  readonly columns: CapturedColumns;
  readonly ignore: readonly string[];
  readonly events: TableEvents<EventContract, EventContract>;
  readonly skip: readonly KeyRule<Readonly<Record<string, unknown>>>[];
  readonly map: (row: Readonly<Record<string, unknown>>) => unknown;
  readonly mapKey: ((key: Readonly<Record<string, unknown>>) => unknown) | undefined;
  readonly aggregatePerKey: { readonly reason: string } | undefined;
  readonly probe: Readonly<Record<string, ProbeValue>> | undefined;
}

/** Declares a captured table. @throws ContractError on an unknown option; the rest is checked with the feed. */
export function table<
  const C extends CapturedColumns,
  const K extends keyof C & string,
  U extends EventContract,
  D extends EventContract,
>(spec: TableSpec<C, K, U, D>): CapturedTable {
  refuseUnknownOptions('table', spec, tableOptions);
  const none = { mapKey: undefined, aggregatePerKey: undefined, probe: undefined };
  const defaults = { orderBy: spec.key, ignore: [], skip: [], ...none };
  const declared = { ...defaults, ...spec, kind: 'table' };
  return declared as unknown as CapturedTable;
}

export interface OutboxSpec {
  /** The events that rows may carry, by what their `type` column says. */
  readonly events: Readonly<Record<string, EventContract>>;
  /** Names of the columns, where they are not Debezium's `id, aggregatetype, aggregateid, type, payload`. */
  readonly columns?: Partial<OutboxColumns>;
  /** Further columns, such as the tenant's. */
  readonly more?: Readonly<Record<string, ColumnType>>;
}

/** An outbox table: each row inserted is an event of its own, whose payload is already canonical; in the order of commits. */
export interface CapturedOutbox {
  readonly kind: 'outbox';
  readonly events: Readonly<Record<string, EventContract>>;
  readonly columns: OutboxColumns;
  readonly more: Readonly<Record<string, ColumnType>>;
}

export type Captured = CapturedTable | CapturedOutbox;

export const isEvent = (given: EventContract | NoEvent | undefined): given is EventContract =>
  given !== undefined && 'schema' in given;

/** Declares an outbox. @throws ContractError on an unknown option; the rest is checked with the feed. */
export function outbox(spec: OutboxSpec): CapturedOutbox {
  refuseUnknownOptions('outbox', spec, ['events', 'columns', 'more']);
  refuseUnknownOptions('outbox: columns', spec.columns ?? {}, Object.keys(outboxColumns));
  return {
    kind: 'outbox',
    events: spec.events,
    columns: { ...outboxColumns, ...spec.columns },
    more: spec.more ?? {},
  };
}
