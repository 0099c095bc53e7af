import { hash } from 'node:crypto';
import type { Fault } from '#shared/contract/fault.ts';
import { rowReader } from '#shared/core/mapping/read-row.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { isFields, type ReadRecord } from '../csv/reader.ts';
import { type FileOrigin, type ReadRow, type RowEvents, rowEvents } from './row-events.ts';

/** One scanned record, mapped, on its way to an outcome. */
export interface Row {
  readonly at: ReadRow['at'];
  /** The record's bytes; of an overlong one only the first. */
  readonly raw: Uint8Array;
  /** How many bytes it really has. */
  readonly length: number;
  readonly events: RowEvents;
  /** Hash of the row's canonical values, where the lane compares rows. */
  readonly payloadHash: string;
  /** What the row adds to the lane's control totals, in their order; undefined where it cannot be read. */
  readonly amounts: readonly (string | undefined)[];
}

export type RowMaker = (record: ReadRecord, raw: Uint8Array, length: number, at: ReadRow['at']) => Row;

/** Makes rows of a file's records: read, map, envelop. Pure; a bad record becomes a row that is faulty. */
export function rowMaker(lane: FileLane, origin: FileOrigin, columnsAt: readonly number[]): RowMaker {
  const read = rowReader(lane.columns, columnsAt);
  const eventsOf = rowEvents(lane, origin);
  const compares = lane.duplicates === 'row';
  return (record, raw, length, at) => {
    if (!isFields(record))
      return { at, raw, length, events: faulty([record]), payloadHash: '', amounts: none };
    const { values, faults } = read(record, at);
    return {
      at,
      raw,
      length,
      events: faults.length > 0 ? faulty(faults) : eventsOf({ at, raw, values }),
      payloadHash: compares ? hash('sha256', JSON.stringify(values), 'hex') : '',
      amounts:
        lane.controlTotals.length > 0 ? lane.controlTotals.map(column => amount(values[column])) : none,
    };
  };
}

const none: readonly undefined[] = [];

const faulty = (faults: readonly Fault[]): RowEvents => ({ kind: 'faulty', faults });

const amount = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value);
