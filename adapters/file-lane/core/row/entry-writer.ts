import { hash } from 'node:crypto';
import * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import { type Fault, fault, type Place } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { entryBytes, fitsBus } from '#shared/core/batch/pack.ts';
import { aggregateIdOf } from '#shared/core/envelope/aggregate-id.ts';
import { envelopeWriter, type Origin } from '#shared/core/envelope/envelope.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { idempotencyKeyOf } from '#shared/core/identity/idempotency-key.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import type { RowOrder } from './row-order.ts';

/** What all rows of one file share. */
export interface FileOrigin extends Origin {
  /** Claim identity of the file: content hash, with the period where the contract says so. */
  readonly identity: string;
  readonly fileName: string;
  /** The period in the file's name, if it has one. */
  readonly period?: string | undefined;
  /** URI of the clean text that rows lie in; a row's byte range is appended. */
  readonly rawUri: string;
}

/** One record, read. `raw` is its bytes as they lie in the file. */
export interface ReadRow {
  readonly at: Required<Pick<Place, 'line' | 'record' | 'byteOffset'>>;
  readonly raw: Uint8Array;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface EntryParts {
  readonly tenant: string;
  readonly key: readonly string[];
  readonly ordinal: number;
  readonly order: RowOrder;
}

export type EntryWriter = (row: ReadRow, data: unknown, parts: EntryParts) => BusEntry | Fault;

/** Writes the bus entries of one event type: schema, identity, envelope. A fault when the data or the size does not fit. */
export function entryWriter(lane: FileLane, origin: FileOrigin, event: EventContract): EntryWriter {
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
        idempotencyKey: idempotencyKeyOf([lane.id, ...key], order.token),
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
