import { hash } from 'node:crypto';
import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { Refusal } from '#shared/contract/field.ts';
import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { emissionsIn } from '#shared/core/event/emissions-in.ts';
import { writerFor } from '#shared/core/event/entry-writer.ts';
import { eventMaker, type PlacedFacts } from '#shared/core/event/event-maker.ts';
import { rowTenantReader } from '#shared/core/event/tenant-reader.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { errorName, isPromise } from '#shared/core/mapping/author-code.ts';
import { refusedField } from '#shared/core/mapping/read-row.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import type { FileOrigin, ReadRow } from './file-origin.ts';
import { type RowOrder, rowOrder } from './row-order.ts';

export type { FileOrigin, ReadRow } from './file-origin.ts';

export type RowEvents =
  | {
      readonly kind: 'events';
      readonly entries: readonly BusEvent[];
      /** The business key, as text. */
      readonly key: string;
      /** How the row is known across files, where the lane has `duplicates: 'row'`. */
      readonly claim: RowKey | undefined;
    }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/** A row is the same as another when both have the same key and payload. */
export interface RowKey {
  readonly key: string;
  /** The row's sequence, where one key may be written again: the row is then compared with the last one of its key alone. */
  readonly order: string | undefined;
}

/** Turns a lane's rows into events for the bus: tenant, skip rules, mapping, schema, identity, envelope. Pure. */
export function rowEvents(lane: FileLane, origin: FileOrigin): (row: ReadRow) => RowEvents {
  const makeEvent = eventMaker(lane.events, origin, writerFor(lane.publish));
  const readTenant = rowTenantReader(lane.tenant);
  const orderOf = rowOrder(lane, origin);
  const claimOf = rowClaim(lane);
  return row => {
    const tenant = readTenant(row.values, row.at);
    if (isFault(tenant)) return faulty(tenant);
    const mapped = mapRow(lane, row);
    if (!Array.isArray(mapped)) return mapped as RowEvents;
    const key = lane.key.map(column => String(row.values[column]));
    const order = orderOf(row);
    const facts = factsOf(origin, row, { tenant, key, order });
    const entries: BusEvent[] = [];
    for (const [ordinal, emission] of (mapped as Emission[]).entries()) {
      const entry = makeEvent(emission, ordinal === 0 ? facts : { ...facts, ordinal });
      if (isFault(entry)) return faulty(entry);
      entries.push(entry);
    }
    return { kind: 'events', entries, key: keyText(key), claim: claimOf({ tenant, key, order }) };
  };
}

const faulty = (...faults: readonly Fault[]): RowEvents => ({ kind: 'faulty', faults });

interface RowIdentity {
  readonly tenant: string;
  readonly key: readonly string[];
  readonly order: RowOrder;
}

const keyText = (key: readonly string[]): string => (key.length === 1 ? (key[0] ?? '') : JSON.stringify(key));

/** One version of a key is written once; without versions, a key is written again whenever its values change. */
function rowClaim(lane: FileLane): (row: RowIdentity) => RowKey | undefined {
  if (lane.duplicates !== 'row') return () => undefined;
  const isOnce = lane.version !== undefined || lane.writeOnce !== undefined;
  return ({ tenant, key, order }) => {
    const names = isOnce ? [...key, order.token] : key;
    return {
      key: `${lane.id}#${idOf(tenant, lane.id, ...names)}`,
      order: isOnce ? undefined : order.sequence,
    };
  };
}

/** Of a row's first event; the others differ in their ordinal. */
const factsOf = (
  origin: FileOrigin,
  { at, raw, number }: ReadRow,
  { tenant, key, order }: RowIdentity,
): PlacedFacts => ({
  tenant,
  ordinal: 0,
  key,
  version: order.token,
  sequence: order.sequence,
  externalRef: `${origin.fileName}#${number}`,
  rawRef: `${origin.rawUri}#bytes=${at.byteOffset}-${at.byteOffset + raw.length - 1}`,
  rawHash: hash('sha256', raw, 'hex'),
  time: order.time,
  at,
});

/** The row's emissions, or how it ends without any. A mapping that throws is a fault of the row, never of the lane. */
function mapRow(lane: FileLane, row: ReadRow): Emission[] | RowEvents {
  try {
    const skip = lane.skip.find(rule => isMet(rule, row));
    if (skip) return { kind: 'skipped', reason: skip.reason };
    const mapped = lane.map(row.values);
    if (mapped instanceof Refusal) return faulty(refusedMapping(lane, mapped, row));
    const emissions = emissionsIn(mapped);
    if (typeof emissions === 'string') return faulty(fault('MAPPING_FAILED', row.at, emissions));
    return emissions.length > 0
      ? [...emissions]
      : { kind: 'skipped', reason: 'the mapping made no event of it' };
  } catch (error) {
    return faulty(fault('MAPPING_FAILED', row.at, `the mapping threw ${errorName(error)}`));
  }
}

/** A promise is true, and would skip every row. @throws TypeError */
function isMet({ when }: FileLane['skip'][number], row: ReadRow): boolean {
  const answer: unknown = when(row.values);
  if (isPromise(answer)) throw new TypeError('a skip rule gave a promise');
  return Boolean(answer);
}

const refusedMapping = (lane: FileLane, refusal: Refusal, row: ReadRow): Fault =>
  refusedField(refusal, refusal.column === undefined ? undefined : lane.columns[refusal.column], {
    ...row.at,
    ...(refusal.column === undefined ? {} : { column: refusal.column }),
  });
