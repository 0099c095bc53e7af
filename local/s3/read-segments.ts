import { createReadStream } from 'node:fs';
import type { Segment } from './bucket.ts';
import type { ByteRange } from './byte-range.ts';

/** The bytes of the range, piece by piece. */
export async function* readSegments(segments: readonly Segment[], range: ByteRange): AsyncGenerator<Buffer> {
  let offset = 0;
  for (const { file, start, bytes } of segments) {
    const from = Math.max(range.first - offset, 0);
    const to = Math.min(range.last - offset, bytes - 1);
    if (from <= to) yield* createReadStream(file, { start: start + from, end: start + to });
    offset += bytes;
  }
}
