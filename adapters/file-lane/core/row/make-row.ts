import { hash } from 'node:crypto';
import { type Fault, fault } from '#shared/contract/fault.ts';
import { errorName } from '#shared/core/mapping/author-code.ts';
import { rowReader } from '#shared/core/mapping/read-row.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { isFields, type ReadRecord } from '../csv/reader.ts';
import { repeatedHeader } from '../csv/repeated-header.ts';
import { type FileOrigin, type ReadRow, type RowEvents, rowEvents } from './row-events.ts';

/** One scanned record, mapped, on its way to an outcome. */
export interface Row {
  readonly at: ReadRow['at'];
  /** The record's bytes; of an overlong one only the first. */
  readonly raw: Uint8Array;
  /** How many bytes it really has. */
  readonly length: number;
  readonly events: RowEvents;
  /** Names the rejected row that this one corrects, if it does. */
  readonly corrects?: string | undefined;
  /** Hash of the row's canonical values, where rows are compared. */
  readonly payloadHash: string;
  /** What the row adds to the lane's control totals, in their order: empty where it has none, undefined where it cannot be read. */
  readonly amounts: readonly (string | undefined)[];
}

/** How records become rows. */
export interface RowRules {
  /** Each contract column's position in the record. */
  readonly columnsAt: readonly number[];
  /** The record's number in the file that it first came in; as scanned, where this is not given. */
  readonly numberOf?: (fields: readonly string[]) => number;
  /** Whether rows get a payload hash. Default: where the lane has `duplicates: 'row'`. */
  readonly compares?: boolean;
}

export type RowMaker = (record: ReadRecord, raw: Uint8Array, length: number, at: ReadRow['at']) => Row;

/** Makes rows of a file's records: read, map, envelop. Pure; a bad record becomes a row that is faulty. */
export function rowMaker(
  lane: FileLane,
  origin: FileOrigin,
  { columnsAt, numberOf, compares = lane.duplicates === 'row' }: RowRules,
): RowMaker {
  const read = rowReader(lane.columns, columnsAt);
  const eventsOf = rowEvents(lane, origin);
  const headerIn = repeatedHeader(lane.columns, columnsAt);
  const made = (row: ReadRow): Made => ({
    events: eventsOf(row),
    payloadHash: compares ? hash('sha256', JSON.stringify(row.values), 'hex') : '',
  });
  return (record, raw, length, at) => {
    const unread = isFields(record) ? headerIn(record, at) : record;
    if (!isFields(record) || unread)
      return { at, raw, length, events: faulty(unread ? [unread] : []), payloadHash: '', amounts: none };
    const { values, faults } = read(record, at);
    const amounts =
      lane.controlTotals.length > 0
        ? lane.controlTotals.map(column => (column in values ? amount(values[column]) : undefined))
        : none;
    const row = { at, raw, length, amounts };
    if (faults.length > 0) return { ...row, events: faulty(faults), payloadHash: '' };
    const number = numberOf?.(record) ?? at.record;
    return { ...row, ...unlessThrown(() => made({ at, raw, number, values }), at) };
  };
}

type Made = Pick<Row, 'events' | 'payloadHash'>;

/** Values of a contract's own reader may be such that nothing can be made of them: that is a fault of the row. */
function unlessThrown(make: () => Made, at: ReadRow['at']): Made {
  try {
    return make();
  } catch (error) {
    const detail = `no event can be made of the row’s values: ${errorName(error)}`;
    return { events: faulty([fault('MAPPING_FAILED', at, detail)]), payloadHash: '' };
  }
}

const none: readonly undefined[] = [];

const faulty = (faults: readonly Fault[]): RowEvents => ({ kind: 'faulty', faults });

const amount = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
