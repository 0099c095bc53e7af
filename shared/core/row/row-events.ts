import { hash } from 'node:crypto';
import * as z from 'zod';
import type { EventContract } from '../../contract/define-event.ts';
import type { Emission, FileLane } from '../../contract/define-file-lane.ts';
import { type Fault, fault, type Place } from '../../contract/fault.ts';
import { Refusal } from '../../contract/field.ts';
import type { BusEntry } from '../batch/bus-entry.ts';
import { entryBytes, fitsBus } from '../batch/pack.ts';
import { aggregateIdOf } from '../envelope/aggregate-id.ts';
import { envelopeWriter, type Origin } from '../envelope/envelope.ts';
import { idOf } from '../identity/event-id.ts';
import { refusedField } from './read-row.ts';
import { positionSequence, versionSequence } from './sequence.ts';

/** What all rows of one file share. */
export interface FileOrigin extends Origin {
  /** Claim identity of the file: content hash, with the period where the contract says so. */
  readonly identity: string;
  readonly fileName: string;
  /** URI of the clean text that rows lie in; a row's byte range is appended. */
  readonly rawUri: string;
}

/** One record, read. `raw` is its bytes as they lie in the file. */
export interface ReadRow {
  readonly at: Required<Pick<Place, 'line' | 'record' | 'byteOffset'>>;
  readonly raw: Uint8Array;
  readonly values: Readonly<Record<string, unknown>>;
}

export type RowEvents =
  | {
      readonly kind: 'events';
      readonly entries: readonly BusEntry[];
      /** The row's identity across files, for lanes with `duplicates: 'row'`. */
      readonly rowKey: string;
    }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/** Turns a lane's rows into bus entries: tenant, skip rules, mapping, schema, identity, envelope. Pure. */
export function rowEvents(lane: FileLane, origin: FileOrigin): (row: ReadRow) => RowEvents {
  const writers = new Map(lane.events.map(event => [event, eventWriter(lane, origin, event)]));
  return row => {
    const tenant = tenantOf(lane, row);
    if (typeof tenant !== 'string') return faulty(tenant);
    const mapped = mapRow(lane, row);
    if (!Array.isArray(mapped)) return mapped as RowEvents;
    const key = lane.key.map(column => String(row.values[column]));
    const order = orderOf(lane, origin, row);
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
    return { kind: 'events', entries, rowKey: idOf(tenant, lane.id, ...key, order.token) };
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
    const skip = lane.skip.find(rule => rule.when(row.values));
    if (skip) return { kind: 'skipped', reason: skip.reason };
    const mapped = lane.map(row.values);
    if (mapped instanceof Refusal) return faulty(refusedMapping(lane, mapped, row));
    const emissions = Array.isArray(mapped) ? (mapped as Emission[]) : [mapped as Emission];
    return emissions.length > 0 ? emissions : { kind: 'skipped', reason: 'the mapping made no event of it' };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'a value';
    return faulty(fault('MAPPING_FAILED', row.at, `the mapping threw ${name}`));
  }
}

const refusedMapping = (lane: FileLane, refusal: Refusal, row: ReadRow): Fault =>
  refusedField(refusal, refusal.column === undefined ? undefined : lane.columns[refusal.column], {
    ...row.at,
    ...(refusal.column === undefined ? {} : { column: refusal.column }),
  });

/** What orders the row among those of its key: its version, or where it lay. */
interface Order {
  /** Part of the event id. */
  readonly token: string;
  readonly sequence: string;
  readonly time: string;
}

function orderOf(lane: FileLane, origin: FileOrigin, row: ReadRow): Order {
  if (lane.version !== undefined) {
    const sequence = versionSequence(row.values[lane.version]);
    return { token: sequence, sequence, time: timeOf(row.values[lane.version], origin.ingestedAt) };
  }
  const sequence = positionSequence(origin.ingestedAt, row.at.record);
  const token = lane.writeOnce ? 'once' : `${origin.identity}#${row.at.record}`;
  return { token, sequence, time: origin.ingestedAt };
}

const timeOf = (version: unknown, otherwise: string): string =>
  typeof version === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(version) ? version : otherwise;

interface EntryParts {
  readonly tenant: string;
  readonly key: readonly string[];
  readonly ordinal: number;
  readonly order: Order;
}

type EntryWriter = (row: ReadRow, data: unknown, parts: EntryParts) => BusEntry | Fault;

function eventWriter(lane: FileLane, origin: FileOrigin, event: EventContract): EntryWriter {
  const schema = z.compile(event.schema);
  const write = envelopeWriter(event, origin);
  return (row, data, { tenant, key, ordinal, order }) => {
    const checked = schema.safeParse(data);
    if (!checked.success) return schemaViolation(checked.error, row.at);
    const entry = {
      source: event.domain,
      detailType: event.type,
      detail: write({
        id: idOf(tenant, lane.id, event.type, String(ordinal), ...key, order.token),
        tenantId: tenant,
        aggregateId: aggregateIdOf(event, checked.data as Record<string, unknown>),
        sequence: order.sequence,
        idempotencyKey: [lane.id, ...key, order.token].join(':'),
        externalRef: `${origin.fileName}#${row.at.record}`,
        rawRef: `${origin.rawUri}#bytes=${row.at.byteOffset}-${row.at.byteOffset + row.raw.length - 1}`,
        rawHash: hash('sha256', row.raw, 'hex'),
        time: order.time,
        data: JSON.stringify(checked.data),
      }),
    };
    return fitsBus(entry)
      ? entry
      : fault('EVENT_TOO_LARGE', row.at, `the event takes ${entryBytes(entry)} bytes`);
  };
}

/** Names where and what kind, never the value. */
function schemaViolation(error: z.ZodError, at: Place): Fault {
  const issues = error.issues.slice(0, 5).map(issue => `${issue.path.join('.') || 'data'}: ${issue.code}`);
  return fault('SCHEMA_VIOLATION', at, `the mapped event does not fit its schema at ${issues.join('; ')}`);
}
