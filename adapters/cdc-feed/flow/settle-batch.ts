import { type Fault, type FaultCode, fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { promisedSeconds } from '#shared/contract/promised-seconds.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { lagFields } from '#shared/core/log/lag-fields.ts';
import { AccessDenied } from '#shared/ports.ts';
import type { BatchEntry } from '../core/feed/batch-entry.ts';
import { batchLogFields } from '../core/feed/batch-log-fields.ts';
import { type BatchBooks, countOutcomes, isBalanced } from '../core/feed/books.ts';
import { logLines } from '../core/feed/log-lines.ts';
import { publishedRecords } from '../core/feed/published-records.ts';
import type { StreamBatch } from '../core/feed/stream-batch.ts';
import { type ArchivedBatch, archive } from './archive.ts';
import type { Stop } from './batch-stopped.ts';
import { type EndedRecord, endRecords, isDone, isOpen, type OpenRecord } from './end-records.ts';
import { type ExaminedRecord, examineBatch } from './examine-batch.ts';
import { type QuarantinedRecord, quarantine } from './quarantine.ts';
import { reportDrift } from './report-drift.ts';
import type { Work } from './work.ts';

export interface SettledBatch extends BatchBooks {
  /** The first record that the stream must bring again. */
  readonly stop: Stop | undefined;
}

/** Ends the records of a batch; a test replaces it by one that loses a record. */
export type RecordEnder = typeof endRecords;

/**
 * Processes one batch of a shard: archives its bytes, publishes its changes in order, quarantines faulty records and closes the
 * books. A key stops at its first failing record. Whatever was done behind the first failure of the batch comes again, under the
 * same ids. A batch whose books do not balance fails whole: the stream brings it again until it is stored as undelivered.
 * @throws AccessDenied, or what else a port throws: the whole batch comes again. The input is not blamed.
 */
export async function settleBatch(
  work: Work,
  batch: StreamBatch,
  end: RecordEnder = endRecords,
): Promise<SettledBatch> {
  try {
    return await settle(work, batch, end);
  } catch (error) {
    if (error instanceof AccessDenied)
      work.ports.log.error(logLines.batchStopped, {
        ...batchLogFields(work.feed.id, batch),
        code: 'ACCESS_DENIED',
        error,
        ...stopNote('ACCESS_DENIED', batch),
      });
    throw error;
  }
}

async function settle(work: Work, batch: StreamBatch, end: RecordEnder): Promise<SettledBatch> {
  const archived = await archive(work, batch);
  const { examined, fall } = await examineBatch(work, batch, archived.records);
  const held = fall && work.feed.fallenPositions === 'stop' ? examined.slice(fall.index) : [];
  const going = examined.slice(0, examined.length - held.length);
  const ended = [
    ...(await end(
      work,
      going.map(({ result }) => result),
    )),
    ...held.map((_, i) => heldByFall(going.length + i)),
  ];
  await reportDrift(
    work,
    going.flatMap(({ drift, origin }) => (drift ? [{ drift, origin }] : [])),
  );
  const open = ended.find(isOpen);
  const done = ended.filter(isDone).filter(({ index }) => !open || index < open.index);
  const quarantined = await quarantine(
    work,
    batch,
    done
      .filter(({ end: how }) => how === 'quarantined')
      .flatMap(({ index, faults }) => withRecord(examined[index], faults)),
  );
  const outcomes = done.map(({ end: how }) => how).filter(how => how !== 'quarantined');
  const books = {
    received: batch.received,
    tally: { ...countOutcomes(outcomes), quarantined },
    again: ended.length - done.length,
  };
  const bytes = (open && examined[open.index]?.byteStart) ?? archived.bytes;
  await keepBooks(work, archived, { ...books, published: publishedRecords(done, bytes) });
  return closeBooks(work, batch, { books, ended, open });
}

/** Before the stream is answered, so that the answer is on the books. */
const keepBooks = (
  { feed, ports }: Work,
  { key, sha256 }: ArchivedBatch,
  books: BatchBooks & Pick<BatchEntry, 'published'>,
): Promise<void> => {
  const expiresAt = Math.floor(ports.clock.now() / 1_000) + limits.batchBooksDays * limits.secondsADay;
  return ports.books.keep({ integration: feed.id, key, sha256, ...books, expiresAt });
};

const heldByFall = (index: number): OpenRecord => ({
  index,
  end: 'open',
  fault: fault('POSITION_FELL', {}, `see the line “${logLines.positionFell}” of this batch`),
});

const withRecord = (examined: ExaminedRecord | undefined, faults: readonly Fault[]): QuarantinedRecord[] =>
  examined ? [{ ...examined, faults }] : [];

interface ClosingBatch {
  readonly books: BatchBooks;
  readonly ended: readonly EndedRecord[];
  /** The first record that must come again. */
  readonly open: OpenRecord | undefined;
}

/** Closes the books, and logs what stopped the batch if anything did. */
function closeBooks(work: Work, batch: StreamBatch, { books, ended, open }: ClosingBatch): SettledBatch {
  const { log } = work.ports;
  const fields = batchLogFields(work.feed.id, batch);
  const { received, tally, again } = books;
  if (!isBalanced(books)) {
    log.error(logLines.booksUnbalanced, {
      ...{ ...fields, received, ...tally, again, code: 'BOOKS_UNBALANCED' satisfies FaultCode },
      ...stopNote('BOOKS_UNBALANCED', batch),
    });
    return { ...books, stop: { itemIdentifier: batch.records[0].sequenceNumber, code: 'BOOKS_UNBALANCED' } };
  }
  const failedFrom = open && batch.records[open.index]?.sequenceNumber;
  const cause = open && causeOf(ended, open);
  if (cause) {
    const { code, class: faultClass, detail } = cause;
    log.error(logLines.batchStopped, {
      ...fields,
      failedFrom,
      code,
      class: faultClass,
      detail,
      ...stopNote(code, batch, failedFrom),
    });
  }
  log.info(logLines.batchSettled, {
    ...{ ...fields, received, ...tally, again, failedFrom },
    ...lagOf(work, batch, ended),
    ...conflictsIn(ended),
  });
  return {
    ...books,
    stop: cause && { itemIdentifier: failedFrom ?? batch.records[0].sequenceNumber, code: cause.code },
  };
}

/** Of the records whose events the bus took. */
const lagOf = ({ feed, ports }: Work, batch: StreamBatch, ended: readonly EndedRecord[]) =>
  lagFields({
    arrivedAt: ended
      .filter(({ end }) => end === 'published')
      .flatMap(({ index }) => batch.records[index]?.arrivedAt ?? []),
    publishedAt: ports.clock.now(),
    promisedSeconds: promisedSeconds(feed.events),
  });

function conflictsIn(ended: readonly EndedRecord[]): { readonly conflicts?: number } {
  const isConflict = ({ code }: Fault) => code === 'DUPLICATE_CONFLICT';
  const conflicts = ended.filter(record => isDone(record) && record.faults.some(isConflict)).length;
  return conflicts > 0 ? { conflicts } : {};
}

const stopNote = (code: FaultCode, batch: StreamBatch, at?: string) =>
  issueNotes([{ code, count: 1, unit: at ?? batch.records[0].sequenceNumber, place: batch.shard }]);

/** A missing right holds everything back; else what stopped the first record. */
const causeOf = (ended: readonly EndedRecord[], first: OpenRecord): Fault =>
  ended.filter(isOpen).find(({ fault }) => fault.code === 'ACCESS_DENIED')?.fault ?? first.fault;
