import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';
import { Refusal } from '#shared/contract/field.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { errorName, isPromise } from '#shared/core/mapping/author-code.ts';
import { refusedField } from '#shared/core/mapping/read-row.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { emissionsIn } from './emissions-in.ts';
import { entryWriter, type FileOrigin, type ReadRow } from './entry-writer.ts';
import { rowOrder } from './row-order.ts';

export type { FileOrigin, ReadRow } from './entry-writer.ts';

export type RowEvents =
  | {
      readonly kind: 'events';
      readonly entries: readonly BusEntry[];
      /** The row's identity across files; empty unless the lane has `duplicates: 'row'`. */
      readonly rowKey: string;
    }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/** Turns a lane's rows into bus entries: tenant, skip rules, mapping, schema, identity, envelope. Pure. */
export function rowEvents(lane: FileLane, origin: FileOrigin): (row: ReadRow) => RowEvents {
  const writers = new Map(lane.events.map(event => [event, entryWriter(lane, origin, event)]));
  const orderOf = rowOrder(lane, origin);
  const claimsRows = lane.duplicates === 'row';
  return row => {
    const tenant = tenantOf(lane, row);
    if (typeof tenant !== 'string') return faulty(tenant);
    const mapped = mapRow(lane, row);
    if (!Array.isArray(mapped)) return mapped as RowEvents;
    const key = lane.key.map(column => String(row.values[column]));
    const order = orderOf(row);
    const entries: BusEntry[] = [];
    for (const [ordinal, emission] of (mapped as Emission[]).entries()) {
      const write = writers.get(emission.event);
      if (!write)
        return faulty(
          fault(
            'MAPPING_FAILED',
            row.at,
            `the mapping emitted ${emission.event.type}, which the contract does not declare`,
          ),
        );
      const entry = write(row, emission.data, { tenant, key, ordinal, order });
      if ('code' in entry) return faulty(entry);
      entries.push(entry);
    }
    return { kind: 'events', entries, rowKey: claimsRows ? idOf(tenant, lane.id, ...key, order.token) : '' };
  };
}

const faulty = (...faults: readonly Fault[]): RowEvents => ({ kind: 'faulty', faults });

function tenantOf(lane: FileLane, row: ReadRow): string | Fault {
  if ('constant' in lane.tenant) return lane.tenant.constant;
  const tenant = String(row.values[lane.tenant.from]);
  if (lane.tenant.allowed.includes(tenant)) return tenant;
  return fault(
    'TENANT_MISMATCH',
    { ...row.at, column: lane.tenant.from },
    'this integration may not speak for the tenant named',
  );
}

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
