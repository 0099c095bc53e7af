import type { Fault } from '#shared/contract/fault.ts';
import { AccessDenied } from '#shared/ports.ts';
import { type BatchBooks, balances, booksOf } from '../core/feed/books.ts';
import type { StreamBatch } from '../core/feed/stream-batch.ts';
import { announceDrift } from './announce-drift.ts';
import { archive } from './archive.ts';
import { type EndedRecord, endRecords } from './end-records.ts';
import { quarantine } from './quarantine.ts';
import type { Work } from './work.ts';

export interface SettledBatch extends BatchBooks {
  /** Sequence number of the first record that the stream must bring again. */
  readonly failedFrom: string | undefined;
}

/**
 * Takes one batch of a shard to its end: bytes archived, changes published in order, poison put aside, books closed. A key
 * stops at its first failing record; whatever was done behind the first failure of the batch comes again, under the same ids.
 * @throws AccessDenied, or what else a port throws: the whole batch comes again. Nothing is blamed on the input then.
 */
export async function settleBatch(work: Work, batch: StreamBatch): Promise<SettledBatch> {
  try {
    return await settle(work, batch);
  } catch (error) {
    if (error instanceof AccessDenied)
      work.ports.log.error('batch stopped', { ...namesOf(work, batch), code: 'ACCESS_DENIED', error });
    throw error;
  }
}

async function settle(work: Work, batch: StreamBatch): Promise<SettledBatch> {
  const origins = await archive(work, batch);
  const examined = batch.records.map(({ record }, i) => work.examine(record, origins[i]!));
  const ended = await endRecords(
    work,
    examined.map(({ result }) => result),
  );
  await announceDrift(
    work,
    examined.flatMap(({ drift }, i) => (drift ? [{ drift, origin: origins[i]! }] : [])),
  );
  const books = booksOf(
    batch.records.length,
    ended.map(({ end }) => end),
  );
  const poison = ended
    .slice(0, books.failedAt)
    .flatMap(({ end, faults }, i) =>
      end === 'quarantined' ? [{ record: batch.records[i]!, origin: origins[i]!, faults }] : [],
    );
  await quarantine(work, batch, poison);
  return close(work, batch, books, ended);
}

/** States the books, and what stopped the batch if anything did. */
function close(
  work: Work,
  batch: StreamBatch,
  books: BatchBooks,
  ended: readonly EndedRecord[],
): SettledBatch {
  const { log } = work.ports;
  const { received, tally, again, failedAt } = books;
  const failedFrom = failedAt === undefined ? undefined : batch.records[failedAt]!.sequenceNumber;
  const line = { ...namesOf(work, batch), received, ...tally, again, failedFrom };
  if (failedAt !== undefined) {
    const { code, class: faultClass, detail } = causeOf(ended, failedAt);
    log.error('batch stopped', { ...namesOf(work, batch), failedFrom, code, class: faultClass, detail });
  }
  log.info('batch settled', line);
  if (!balances(books)) log.error('books unbalanced', line);
  return { ...books, failedFrom };
}

/** A missing right holds everything back; else what stopped the first record. */
function causeOf(ended: readonly EndedRecord[], failedAt: number): Fault {
  const stops = ended.flatMap(({ end, faults }) => (end === undefined ? faults : []));
  return stops.find(({ code }) => code === 'ACCESS_DENIED') ?? ended[failedAt]!.faults[0]!;
}

const namesOf = ({ feed }: Work, { stream, shard }: StreamBatch) => ({
  integration: feed.id,
  stream,
  shard,
});
