import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tally } from '../../../shared/core/outcome/tally.ts';
import type { ExpectedEvent } from '../samples.ts';

/** A record as it is put on the stream: text as it is, `{base64}` as bytes, anything else as JSON. */
export interface SampleRecord {
  readonly partitionKey?: string;
  readonly data: unknown;
}

/** One folder under `integrations/<id>/samples/`: records in the order put, and what they should become. */
export interface FeedSample {
  readonly name: string;
  readonly about: string;
  readonly records: readonly SampleRecord[];
  readonly tally: Tally & { readonly received: number };
  /** Quarantined records, counted from 1, each with its first fault. */
  readonly faults: readonly { readonly record: number; readonly code: string }[];
  readonly events: readonly ExpectedEvent[];
}

/** A feed's samples, by name. */
export function feedSamplesOf(id: string): readonly FeedSample[] {
  const root = join('integrations', id, 'samples');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .map(name => readSample(join(root, name), name));
}

function readSample(folder: string, name: string): FeedSample {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const lines = readFileSync(join(folder, 'records.jsonl'), 'utf8').trim().split('\n');
  return { ...expected, name, records: lines.map(line => JSON.parse(line)) };
}

export function bytesOf({ data }: SampleRecord): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  const isBytes = typeof data === 'object' && data !== null && 'base64' in data;
  return isBytes ? Buffer.from(String(data.base64), 'base64') : Buffer.from(JSON.stringify(data));
}
