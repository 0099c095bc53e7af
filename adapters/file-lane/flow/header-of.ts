import { type Fault, fault } from '#shared/contract/fault.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { type ResolvedHeader, resolveHeader } from '../core/csv/header.ts';
import { readHeader } from '../core/csv/read-header.ts';
import { RecordScanner } from '../core/csv/scanner.ts';
import type { Inspection } from '../core/outcome/handoff.ts';
import type { Work } from './work.ts';

/**
 * Where the columns of the contract are in a file that was inspected before, maybe by another contract. @throws ObjectGone when the
 * file is not kept any more.
 */
export async function headerOf(
  { lane, ports }: Work,
  { source }: Pick<Inspection, 'source'>,
): Promise<ResolvedHeader | Fault> {
  if (lane.dialect.header === 'none') return resolveHeader([], lane);
  const text: FileLane = { ...lane, dialect: { ...lane.dialect, encoding: 'utf-8' } };
  const scanner = new RecordScanner(text.dialect);
  for await (const piece of ports.files.read(source)) {
    const batch = scanner.push(piece);
    if (batch.count > 0) return headerIn(text, batch);
  }
  return headerIn(text, scanner.end());
}

const headerIn = (lane: FileLane, batch: ReturnType<RecordScanner['end']>): ResolvedHeader | Fault =>
  batch.count === 0
    ? fault('EMPTY_FILE', {}, 'the file holds no line but blank ones or comments')
    : readHeader(lane, { ...batch, count: 1 });
