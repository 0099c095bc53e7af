import { createHash } from 'node:crypto';
import { type StagedRow, stagedHeader, stagedLane, stagedLine } from '../core/correction/staged-row.ts';
import { FileScan, type Scanned } from '../core/file/file-scan.ts';
import { hashing } from '../core/file/hash.ts';
import type { HandoffFacts, Inspection } from '../core/outcome/handoff.ts';
import { stagedKey } from './places.ts';
import type { Work } from './work.ts';

/** Rows that are to be reprocessed, by the columns of the file that they first came in. */
export interface RowsToStage {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<StagedRow> | Iterable<StagedRow>;
}

export interface Staged extends Pick<Inspection, 'source' | 'contentSha256'> {
  readonly scanned: Scanned;
}

const pieceCharacters = 65_536;

/** Writes the rows as a file that a lane can work through, and scans it on the way. @throws Error when a row was lost on it. */
export async function stageRows(
  work: Work,
  { id }: HandoffFacts,
  { columns, rows }: RowsToStage,
): Promise<Staged> {
  const scan = new FileScan(stagedLane(work.lane), work.bounds.chunkBytesMax);
  const content = createHash('sha256');
  let count = 0;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let text = stagedHeader(columns);
    for await (const row of rows) {
      await work.keepLeases?.();
      text += stagedLine(row);
      count += 1;
      if (text.length < pieceCharacters) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(text);
  }
  async function* scanning(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      scan.push(piece);
      yield piece;
    }
  }
  const body = scanning(hashing(pieces(), content));
  const source = await work.ports.files.write(
    'raw',
    stagedKey(work.lane, id),
    body,
    'text/csv; charset=utf-8',
  );
  const scanned = scan.end();
  if (scanned.records !== count) throw new Error(`${count} rows were staged, ${scanned.records} were found`);
  return { source, contentSha256: content.digest('hex'), scanned };
}
