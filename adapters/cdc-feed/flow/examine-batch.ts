import { hasGrowingPositions } from '../contract/cdc-feed.ts';
import type { Examined } from '../core/feed/examine.ts';
import { epochAt, type Passage } from '../core/feed/pass-mark.ts';
import type { StreamBatch } from '../core/feed/stream-batch.ts';
import type { ArchivedRecord } from './archive.ts';
import { markKey } from './places.ts';
import { watchPositions } from './watch-positions.ts';
import type { Work } from './work.ts';
import { worksByEpoch } from './works-by-epoch.ts';

export interface ExaminedRecord extends ArchivedRecord, Examined {
  readonly epoch: number;
}

interface ExaminedBatch {
  readonly examined: readonly ExaminedRecord[];
  /** The first record whose position in its log is too low. */
  readonly fall: Passage['fall'];
}

/** Reads a batch's records, each in its epoch, and holds their places in the log against those seen before. */
export async function examineBatch(
  work: Work,
  batch: StreamBatch,
  archived: readonly ArchivedRecord[],
): Promise<ExaminedBatch> {
  const { feed, ports } = work;
  const stored = hasGrowingPositions(feed) ? await ports.highMarks.read(markKey(feed, batch)) : undefined;
  const current = feed.source.epoch ?? 0;
  const workOf = worksByEpoch(work);
  const examined = archived.map(each => {
    const { record, origin } = each;
    const epoch = epochAt(current, stored?.mark, record.sequenceNumber);
    return { ...each, ...workOf(epoch).examine(record.record, origin), epoch };
  });
  const records = examined.map(({ record, epoch, logPlace }) => ({
    sequenceNumber: record.sequenceNumber,
    // Places of an earlier epoch do not compare with those of this one.
    logPlace: epoch === current ? logPlace : undefined,
  }));
  return { examined, fall: await watchPositions(work, batch, { stored, records }) };
}
