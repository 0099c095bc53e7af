import { limits } from '#shared/contract/limits.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { batchLogFields } from '../core/feed/batch-log-fields.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { markIn, type Passage, type PlacedRecord, passMark } from '../core/feed/pass-mark.ts';
import { placeOf, type StreamBatch, type StreamRecord } from '../core/feed/stream-batch.ts';
import type { StoredMark } from '../ports.ts';
import { markKey } from './places.ts';
import type { Work } from './work.ts';

/** Holds the places of a batch's records against the highest of their shard, and stores what is higher. Logs a place that is too low. */
export async function watchPositions(
  work: Work,
  batch: StreamBatch,
  { stored, records }: WatchedBatch,
): Promise<Passage['fall']> {
  if (!records.some(({ logPlace }) => logPlace)) return undefined;
  const { fall } = await storePassage(work, batch, { stored, records });
  if (fall) logFall(work, batch, fall);
  return fall;
}

export interface WatchedBatch {
  /** The mark as it was read. */
  readonly stored: StoredMark | undefined;
  /** All records of the batch. */
  readonly records: readonly PlacedRecord[];
}

/** Parallel batches of a shard store one mark: each is held against what is stored when it stores its own. */
async function storePassage(
  { feed, ports }: Work,
  batch: StreamBatch,
  watched: WatchedBatch,
): Promise<Passage> {
  const key = markKey(feed, batch);
  const rules = { stops: feed.fallenPositions === 'stop', streamGrows: feed.stream.kind === 'kinesis' };
  let { stored } = watched;
  for (let tries = 0; tries < limits.highMarkTriesMax; tries++) {
    const before = markIn(feed.source.epoch ?? 0, stored?.mark);
    const passage = passMark(before, watched.records, rules);
    const isStored = passage.mark === before || (await ports.highMarks.store(key, passage.mark, stored));
    if (isStored) return passage;
    stored = await ports.highMarks.read(key);
  }
  throw new Error(`parallel batches stored the mark ${key} ${limits.highMarkTriesMax} times meanwhile`);
}

function logFall({ feed, ports }: Work, batch: StreamBatch, fall: NonNullable<Passage['fall']>): void {
  const record = batch.records[fall.index] ?? batch.records[0];
  ports.log.error(logLines.positionFell, {
    ...batchLogFields(feed.id, batch),
    code: 'POSITION_FELL',
    record: placeOf(batch, record),
    log: fall.place.log,
    position: fall.place.position,
    highest: fall.highest,
    newBy: fall.sign,
    epoch: feed.source.epoch ?? 0,
    policy: feed.fallenPositions,
    // Where the shard stops, the line of the stopped batch counts it.
    ...(feed.fallenPositions !== 'stop' && fallNote(batch, record)),
  });
}

function fallNote(batch: StreamBatch, record: StreamRecord): object {
  const place = placeOf(batch, record);
  return issueNotes([{ code: 'POSITION_FELL', count: 1, unit: record.sequenceNumber, place }], place);
}
