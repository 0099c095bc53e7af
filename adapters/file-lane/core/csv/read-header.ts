import type { Fault } from '#shared/contract/fault.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { type ResolvedHeader, resolveHeader } from './header.ts';
import { otherDelimiter } from './header-faults.ts';
import { columnNames } from './header-names.ts';
import { isFields, RecordReader } from './reader.ts';
import type { RecordBatch } from './record-batch.ts';

/** Reads a file's header, the one record of `batch`, and finds the lane's columns in it. */
export function readHeader(
  { dialect, columns }: Pick<FileLane, 'dialect' | 'columns'>,
  batch: RecordBatch,
): ResolvedHeader | Fault {
  const readBy = (delimiter: string) => new RecordReader({ ...dialect, delimiter }).read(batch)[0]!;
  const line = batch.lines[0]!;
  const header = readBy(dialect.delimiter);
  if (isFields(header)) return resolveHeader(header, columns, dialect, line);
  const fieldsBy = (delimiter: string) => {
    const read = readBy(delimiter);
    return isFields(read) ? read : undefined;
  };
  return otherDelimiter(fieldsBy, columnNames(columns), dialect.delimiter, { line }) ?? header;
}
