import { join } from 'node:path';
import type * as z from 'zod';
import { readShaped, readShapedLines } from '../read-shaped.ts';
import { needFiles, type SampleFolder, sampleFolders } from '../sample-folders.ts';
import { expectedShape, recordShape } from './feed-sample-shapes.ts';

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
  const files = '<case>/records.jsonl and <case>/expected.json';
  return sampleFolders({ id, kind: 'feed', files, guide, root }).map(readSample);
}

function readSample(sample: SampleFolder): FeedSample {
  const { folder, name } = sample;
  needFiles(sample, ['records.jsonl', 'expected.json'], guide);
  const records = readShapedLines(join(folder, 'records.jsonl'), recordShape);
  return { ...readShaped(join(folder, 'expected.json'), expectedShape), name, records };
}

export function bytesOf({ data }: SampleRecord): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  const isBytes = typeof data === 'object' && data !== null && 'base64' in data;
  return isBytes ? Buffer.from(String(data.base64), 'base64') : Buffer.from(JSON.stringify(data));
}
