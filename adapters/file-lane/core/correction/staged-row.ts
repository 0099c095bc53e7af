import { type Fault, type FaultCode, fault, type Place } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Dialect } from '../../contract/file-format.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { csvLine } from '../csv/write.ts';
import { type FaultColumn, faultColumns } from '../quarantine/fault-columns.ts';
import { rowNamedBy } from './row-id.ts';

/** One row that is reprocessed. */
export interface StagedRow {
  /** In the order of the staged file's columns; empty where the row has none. */
  readonly cells: readonly string[];
  /** In the file that is answered. */
  readonly line: number;
  /** Names the row in the file that it first came in; as it was sent, where that names none. */
  readonly id: string;
  /** Why it is quarantined whatever its values are. */
  readonly refusal?: Fault | undefined;
  /** The row as it came, where it has no columns. */
  readonly raw?: string | undefined;
}

/** Rows that are reprocessed are kept as RFC 4180 in UTF-8, whatever form the lane's files have. */
export const stagedDialect = ({ nullMarker }: Dialect): Dialect => ({
  delimiter: ',',
  quote: '"',
  escape: '"',
  nullMarker,
  encoding: 'utf-8',
  header: 'by-name',
  comment: undefined,
  trailer: undefined,
});

/** The lane as it reads staged rows. */
export const stagedLane = (lane: FileLane): FileLane => ({ ...lane, dialect: stagedDialect(lane.dialect) });

export const stagedHeader = (columns: readonly string[]): string => csvLine([...columns, ...faultColumns]);

export function stagedLine({ cells, line, id, refusal, raw = '' }: StagedRow): string {
  const ends: Readonly<Record<FaultColumn, string>> = {
    fault_line: String(line),
    fault_column: refusal?.at.column ?? '',
    fault_code: refusal?.code ?? '',
    fault_problem: refusal?.detail ?? '',
    fault_remedy: refusal?.remedy ?? '',
    fault_row: raw,
    fault_id: id,
  };
  return csvLine([...cells, ...faultColumns.map(column => ends[column])]);
}

/** A raw row as it can stand in a record: the report shows it to people. */
export const readableRaw = (raw: string): string =>
  raw.slice(0, limits.quarantinedRowBytesMax).replace(/[\0\ufffd]/g, '?');

/** What the last fields of a staged record say of its row. */
export interface StagedFacts {
  readonly line: number;
  readonly id: string;
  /** Of the row in the file that it first came in; 0 where it names none. */
  readonly record: number;
  readonly refusal: (at: Place) => Fault | undefined;
}

export function stagedFacts(fields: readonly string[]): StagedFacts {
  const of = (column: FaultColumn): string =>
    itemAt(fields, fields.length - faultColumns.length + faultColumns.indexOf(column), column);
  const id = of('fault_id');
  const column = of('fault_column');
  return {
    line: Number(of('fault_line')),
    id,
    record: rowNamedBy(id)?.record ?? 0,
    refusal: at =>
      of('fault_code') === ''
        ? undefined
        : fault(
            of('fault_code') as FaultCode,
            column === '' ? at : { ...at, column },
            of('fault_problem'),
            of('fault_remedy'),
          ),
  };
}
