import type { Fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { type QuarantinedChange, quarantinedChange } from '../core/feed/quarantined-change.ts';
import type { RecordOrigin } from '../core/feed/record-origin.ts';
import type { StreamBatch, StreamRecord } from '../core/feed/stream-batch.ts';
import { changesQuarantinedMessage } from '../core/operational/feed-events.ts';
import { quarantineKey } from './places.ts';
import type { Work } from './work.ts';

/** A record that is put aside. */
export interface Poison {
  readonly record: StreamRecord;
  readonly origin: RecordOrigin;
  readonly faults: readonly Fault[];
}

/** Writes each record put aside as an object of its own, and announces them together. Repeatable: the same keys and ids. */
export async function quarantine(work: Work, batch: StreamBatch, poison: readonly Poison[]): Promise<void> {
  const [first] = poison;
  if (!first) return;
  const uris = await inParallel(poison, limits.callsInFlightMax, each => write(work, batch, each));
  const message = changesQuarantinedMessage(work.feed, first.origin, {
    integration: work.feed.id,
    stream: batch.stream,
    shard: batch.shard,
    first: first.record.sequenceNumber,
    last: poison.at(-1)!.record.sequenceNumber,
    changes: poison.length,
    codes: countByCode(poison),
    object: uris[0]!,
  });
  await work.ports.changesQueue.send([message]);
}

function write(work: Work, batch: StreamBatch, { record, origin, faults }: Poison): Promise<string> {
  const content = quarantinedChange(work.feed, batch, record, origin, faults);
  return keepChange(work, batch, record, content);
}

/** Writes a record put aside; gives its URI. */
export async function keepChange(
  { feed, ports }: Work,
  batch: StreamBatch,
  record: StreamRecord,
  content: QuarantinedChange,
): Promise<string> {
  const body = Buffer.from(JSON.stringify(content));
  const key = quarantineKey(feed, batch, record);
  return ports.files.uri(await ports.files.write('quarantine', key, body, 'application/json'));
}

function countByCode(poison: readonly Poison[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { faults } of poison) {
    const { code } = faults[0]!;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
