import type { Fault } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { type ResolvedHeader, resolveHeader } from './header.ts';
import { otherDelimiter } from './header-faults.ts';
import { columnNames } from './header-names.ts';
import { isFields, RecordReader } from './reader.ts';
import type { RecordBatch } from './record-batch.ts';

/** Reads a file's header, the one record of `batch`, and finds the lane's columns in it. */
export function readHeader(
  lane: Pick<FileLane, 'dialect' | 'columns'>,
  batch: RecordBatch,
): ResolvedHeader | Fault {
  const { dialect, columns } = lane;
  const readBy = (delimiter: string) =>
    itemAt(new RecordReader({ ...dialect, delimiter }).read(batch), 0, 'record');
  const line = itemAt(batch.lines, 0, 'line');
  const header = readBy(dialect.delimiter);
  if (isFields(header)) return resolveHeader(header, lane, line);
  const fieldsBy = (delimiter: string) => {
    const read = readBy(delimiter);
    return isFields(read) ? read : undefined;
  };
  const agreed = { columns: columnNames(columns), delimiter: dialect.delimiter };
  return otherDelimiter(fieldsBy, agreed, { line }) ?? header;
}
