import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { expectedShape, recordShape } from './feed-sample-shapes.ts';
import { readShaped, readShapedLines } from './read-shaped.ts';
import { SamplesProblem } from './samples-problem.ts';

/** A record as it is put on the stream. */
export type SampleRecord = z.infer<typeof recordShape>;

/** One folder under `integrations/<id>/samples/`: records in the order put, and what they should become. */
export interface FeedSample extends z.infer<typeof expectedShape> {
  readonly name: string;
  readonly records: readonly SampleRecord[];
}

const guide = 'docs/guides/add-a-feed.md';

/**
 * A feed's samples, by name; `root` holds the integrations.
 * @throws SamplesProblem that says what to write, where there are none or one of them is not as it must be.
 */
export function feedSamplesOf(id: string, root = 'integrations'): readonly FeedSample[] {
  const folder = join(root, id, 'samples');
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  if (names.length === 0)
    throw new SamplesProblem(
      `${folder}: the feed has no samples, so nothing shows what it does; write <case>/records.jsonl and <case>/expected.json there (${guide})`,
    );
  return names.sort().map(name => readSample(join(folder, name), name));
}

function readSample(folder: string, name: string): FeedSample {
  for (const file of ['records.jsonl', 'expected.json'])
    if (!existsSync(join(folder, file)))
      throw new SamplesProblem(`${folder}: the sample has no ${file} (${guide})`);
  const records = readShapedLines(join(folder, 'records.jsonl'), recordShape);
  return { ...readShaped(join(folder, 'expected.json'), expectedShape), name, records };
}

export function bytesOf({ data }: SampleRecord): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  const isBytes = typeof data === 'object' && data !== null && 'base64' in data;
  return isBytes ? Buffer.from(String(data.base64), 'base64') : Buffer.from(JSON.stringify(data));
}
