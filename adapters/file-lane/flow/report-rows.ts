import type { Files } from '#shared/ports.ts';
import { linesOf } from '../core/quarantine/lines-of.ts';
import type { QuarantinedRow } from '../core/quarantine/quarantine-line.ts';
import { readAhead } from './read-ahead.ts';

/** Some rows of a quarantine report, as JSON Lines and as values. */
export interface ReportRows {
  readonly lines: readonly string[];
  readonly rows: readonly QuarantinedRow[];
}

/** Characters of one batch; a line may take it beyond. */
const batchCharacters = 262_144;

/** Parts that are opened while an earlier one is read. A part often has a few hundred bytes. */
const partsAhead = 16;

/** The bytes of quarantine parts, part by part. */
export const readParts = (
  files: Files,
  keys: readonly string[],
): AsyncGenerator<AsyncIterable<Uint8Array>, void> => readAhead(sourcesOf(files, keys), partsAhead);

function* sourcesOf(files: Files, keys: readonly string[]): Generator<AsyncIterable<Uint8Array>> {
  for (const key of keys) yield files.read({ bucket: 'quarantine', key });
}

/** The rows of one part. */
export async function* reportRowsOf(part: AsyncIterable<Uint8Array>): AsyncGenerator<ReportRows> {
  let lines: string[] = [];
  let characters = 0;
  for await (const line of linesOf(part)) {
    lines.push(line);
    characters += line.length;
    if (characters < batchCharacters) continue;
    yield reportRows(lines);
    lines = [];
    characters = 0;
  }
  if (lines.length > 0) yield reportRows(lines);
}

const reportRows = (lines: readonly string[]): ReportRows => ({
  lines,
  rows: lines.map(line => JSON.parse(line) as QuarantinedRow),
});

export async function* jsonLinesOf(batches: AsyncIterable<ReportRows>): AsyncGenerator<Uint8Array> {
  for await (const { lines } of batches) yield Buffer.from(`${lines.join('\n')}\n`);
}

export async function* rowsOf(batches: AsyncIterable<ReportRows>): AsyncGenerator<QuarantinedRow> {
  for await (const { rows } of batches) yield* rows;
}
