import { createReadStream } from 'node:fs';
import type { Segment } from './bucket.ts';
import type { ByteRange } from './byte-range.ts';

/** The bytes of the range, piece by piece. */
export async function* readSegments(segments: readonly Segment[], range: ByteRange): AsyncGenerator<Buffer> {
  for (const { file, start, bytes } of cutSegments(segments, range))
    if (bytes > 0) yield* createReadStream(file, { start, end: start + bytes - 1 });
}

/** The parts of the files that make up the range. */
export function cutSegments(segments: readonly Segment[], range: ByteRange): Segment[] {
  const cut: Segment[] = [];
  let offset = 0;
  for (const { file, start, bytes } of segments) {
    const from = Math.max(range.first - offset, 0);
    const to = Math.min(range.last - offset, bytes - 1);
    if (from <= to) cut.push({ file, start: start + from, bytes: to - from + 1 });
    offset += bytes;
  }
  return cut;
}
