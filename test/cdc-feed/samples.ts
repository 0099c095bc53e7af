import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PutRecord } from './stream-events.ts';

export interface ExpectedEvent {
  readonly type: string;
  /** The aggregate's id. */
  readonly subject: string;
  readonly data: unknown;
}

/** `integrations/<id>/samples/<name>/`: records as they are put on the stream, and what is expected of them. */
export interface FeedSample {
  readonly name: string;
  readonly about: string;
  readonly records: readonly PutRecord[];
  readonly tally: Readonly<
    Record<'received' | 'published' | 'duplicate' | 'quarantined' | 'rejected' | 'skipped', number>
  >;
  /** Quarantined records, counted from 1, each with its first fault. */
  readonly faults: readonly { readonly record: number; readonly code: string }[];
  /** The feed's own events, in order of the records. */
  readonly events: readonly ExpectedEvent[];
}

export function feedSamplesOf(id: string): FeedSample[] {
  const root = join(process.cwd(), 'integrations', id, 'samples');
  return readdirSync(root)
    .sort()
    .map(name => {
      const expected = JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8'));
      const lines = readFileSync(join(root, name, 'records.jsonl'), 'utf8')
        .trim()
        .split('\n');
      return { ...expected, name, records: lines.map(line => JSON.parse(line) as PutRecord) };
    });
}
