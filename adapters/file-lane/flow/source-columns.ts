import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { readHeader } from '../core/csv/read-header.ts';
import { RecordScanner } from '../core/csv/scanner.ts';
import type { Inspection } from '../core/outcome/handoff.ts';
import { columnNamesOf } from '../core/quarantine/rejected-rows-csv.ts';
import type { Work } from './work.ts';

/**
 * The columns of a file that was worked on before, in its order, by the names that the contract has for them now. @throws
 * ObjectGone when the file is not kept any more.
 */
export async function sourceColumns(
  { lane, ports }: Work,
  { source }: Inspection,
): Promise<readonly string[] | Fault> {
  if (lane.dialect.header === 'none') return Object.keys(lane.columns);
  const text: FileLane = { ...lane, dialect: { ...lane.dialect, encoding: 'utf-8' } };
  const scanner = new RecordScanner(text.dialect);
  for await (const piece of ports.files.read(source)) {
    const batch = scanner.push(piece);
    if (batch.count > 0) return namesIn(text, batch);
  }
  return namesIn(text, scanner.end());
}

function namesIn(lane: FileLane, batch: ReturnType<RecordScanner['end']>): readonly string[] | Fault {
  if (batch.count === 0) return fault('EMPTY_FILE', {}, 'the file holds no line but blank ones or comments');
  const header = readHeader(lane, { ...batch, count: 1 });
  return isFault(header) ? header : columnNamesOf(lane, { ...header, ignoredColumns: header.ignored });
}
