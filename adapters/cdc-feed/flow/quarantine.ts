import type { Fault, FaultCode } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { batchLogFields } from '../core/feed/batch-log-fields.ts';
import { firstFault } from '../core/feed/first-fault.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { type QuarantinedChange, quarantinedChange } from '../core/feed/quarantined-change.ts';
import type { StreamBatch, StreamRecord } from '../core/feed/stream-batch.ts';
import { changesQuarantinedMessage } from '../core/operational/feed-events.ts';
import type { ArchivedRecord } from './archive.ts';
import { quarantineKey } from './places.ts';
import type { Work } from './work.ts';

/** A record that cannot become an event, and why. */
export interface QuarantinedRecord extends ArchivedRecord {
  readonly faults: readonly Fault[];
  /** In which it was examined. */
  readonly epoch: number;
}

/**
 * Writes each faulty record as an object of its own, and notifies operators of them together. Gives how many objects were written.
 * Repeatable: the same keys and ids.
 */
export async function quarantine(
  work: Work,
  batch: StreamBatch,
  records: readonly QuarantinedRecord[],
): Promise<number> {
  const written = await inParallel(records, limits.callsInFlightMax, each => write(work, batch, each));
  const [object] = written;
  const [first] = records;
  if (!first || object === undefined) return 0;
  const message = changesQuarantinedMessage(work.feed, first.origin, {
    integration: work.feed.id,
    stream: batch.stream,
    shard: batch.shard,
    first: first.record.sequenceNumber,
    last: (records.at(-1) ?? first).record.sequenceNumber,
    changes: written.length,
    codes: countByCode(records),
    object,
  });
  await work.ports.changesQueue.send([message]);
  logQuarantined(work, batch, records);
  return written.length;
}

/** A batch that comes again has the same correlation id. */
function logQuarantined(
  { feed, ports }: Work,
  batch: StreamBatch,
  records: readonly QuarantinedRecord[],
): void {
  const fields = batchLogFields(feed.id, batch);
  const notes = Object.entries(countByCode(records)).map(([code, count]) => {
    const first = records.find(({ faults }) => firstFault(faults).code === code);
    return { code, count, unit: first?.record.sequenceNumber ?? fields.place, place: batch.shard };
  });
  ports.log.warn(logLines.changesQuarantined, { ...fields, ...issueNotes(notes, fields.correlationId) });
}

function write(work: Work, batch: StreamBatch, quarantined: QuarantinedRecord): Promise<string> {
  const content = quarantinedChange(work.feed, batch, quarantined);
  return storeChange(work, { batch, record: quarantined.record, content });
}

/** A quarantined change, and the record that names its object. */
export interface ChangeToStore {
  readonly batch: StreamBatch;
  readonly record: StreamRecord;
  readonly content: QuarantinedChange;
}

/** Writes a quarantined change; gives its URI. */
export async function storeChange(
  { feed, ports }: Work,
  { batch, record, content }: ChangeToStore,
): Promise<string> {
  const body = Buffer.from(JSON.stringify(content));
  const key = quarantineKey(feed, batch, record);
  return ports.files.uri(await ports.files.write('quarantine', key, body, 'application/json'));
}

function countByCode(records: readonly QuarantinedRecord[]): Partial<Record<FaultCode, number>> {
  const counts: Partial<Record<FaultCode, number>> = {};
  for (const { faults } of records) {
    const { code } = firstFault(faults);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
