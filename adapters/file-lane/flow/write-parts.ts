import type { BegunHandoff, Chunk, Progress } from '../core/outcome/handoff.ts';
import { partKey, partName, wholePartName } from './places.ts';
import { readParts } from './report-rows.ts';
import type { Work } from './work.ts';

/** What a checkpoint is about to count. */
export interface QuarantinedWindow {
  readonly work: Work;
  readonly handoff: BegunHandoff;
  readonly chunk: Chunk;
  /** Before the window. */
  readonly progress: Progress;
  readonly lines: readonly string[];
  readonly endsChunk: boolean;
}

/**
 * Writes a window's faulty rows as a part, if there are any. At the end of a chunk all of its parts become one, so that whoever
 * settles the file reads one object a chunk. Gives the names of the parts that count from then on.
 */
export async function writeParts(window: QuarantinedWindow): Promise<readonly string[]> {
  const { work, handoff, chunk, progress, endsChunk } = window;
  const before = progress.quarantineParts;
  const lines = Buffer.from(window.lines.join(''));
  const parts = before.length + (lines.length > 0 ? 1 : 0);
  if (parts === before.length && !(endsChunk && parts > 1)) return before;
  const keyOf = (name: string): string => partKey(work.lane, handoff.id, chunk, name);
  const { files } = work.ports;
  const write = async (name: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> => {
    await files.write('quarantine', keyOf(name), body, 'application/x-ndjson');
    return name;
  };
  if (!endsChunk || parts === 1) return [...before, await write(partName(chunk, progress.nextRecord), lines)];
  const earlier = readParts(files, before.map(keyOf));
  return [await write(wholePartName(chunk), joined(earlier, lines))];
}

async function* joined(
  parts: AsyncIterable<AsyncIterable<Uint8Array>>,
  lines: Uint8Array,
): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield* part;
  yield lines;
}
