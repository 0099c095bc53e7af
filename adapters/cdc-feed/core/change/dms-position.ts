import type { DmsSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord, LogPlace } from './change.ts';
import type { JsonObject } from './lossless-json.ts';
import { textOf } from './scalar.ts';
import { identityOf, int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
import { sortableInstant } from './sortable-instant.ts';
import { type Read, Unreadable } from './unreadable.ts';

/**
 * The transaction, the record's number in it, and when it was committed: the same in every record that DMS writes of a change,
 * unlike its own clock. Undefined without `IncludeTransactionDetails`.
 */
export function dmsIdentity(source: DmsSource, metadata: JsonObject): string | undefined {
  const transaction = textOf(metadata['transaction-id']);
  const record = textOf(metadata['transaction-record-id']);
  if (!transaction || !record) return undefined;
  return identityOf(source.epoch, `${transaction}.${record}.${textOf(metadata['commit-timestamp']) ?? ''}`);
}

export interface DmsPlace {
  readonly metadata: JsonObject;
  /** ISO 8601 UTC: DMS's own clock. */
  readonly written: string;
  readonly snapshot: boolean;
  /** Rows of an outbox compare among all, by their commits. */
  readonly isOutbox: boolean;
}

/**
 * The position in the log of PostgreSQL, where the record has it, then the place on the stream. Otherwise, and for the rows of an
 * outbox, the place on the stream alone: DMS writes in the order of commits, and its clock may step back. The place in the
 * transaction is last.
 */
export function dmsPosition(source: DmsSource, record: ChangeRecord, place: DmsPlace): Read<string> {
  const streamPlace = padded(record.streamSequence ?? '0', streamDigits);
  if (streamPlace === undefined) return notASequence;
  const inLog = logPosition(place);
  const inTransaction = padded(textOf(place.metadata['transaction-record-id']) ?? '0', int64Digits);
  const parts = inLog === undefined ? [`K${streamPlace}`] : [inLog, streamPlace];
  return inTransaction === undefined
    ? new Unreadable('`transaction-record-id` is not a number')
    : positionOf(source.epoch, place.snapshot, [...parts, inTransaction]);
}

const notASequence = new Unreadable('the stream’s sequence number is not one');

const postgresLsn = '([0-9A-F]{8})/([0-9A-F]{8})';
const postgresPosition = new RegExp(`^${postgresLsn}\\.\\d+\\.${postgresLsn}$`, 'i');

/**
 * `stream-position` as DMS writes it for PostgreSQL: two LSNs, and between them a number of which nobody says that it grows. The
 * forms of other databases are not known to compare. Begins with an `L`, so that it is newer than any place on the stream, which
 * begins with a `K`, and both than the times that came first in sequences of earlier versions.
 */
function logPosition({ metadata, isOutbox }: DmsPlace): string | undefined {
  if (isOutbox) return undefined;
  const [whole, ...halves] = postgresPosition.exec(textOf(metadata['stream-position']) ?? '') ?? [];
  return whole && `L${halves.join('').toUpperCase()}`;
}

/**
 * Where changes are ordered by the stream, its places only grow. LSNs of changes do not: transactions side by side write theirs in
 * any order.
 */
export function dmsLogPlace({ streamSequence }: ChangeRecord, place: DmsPlace): LogPlace | undefined {
  const position = padded(streamSequence, streamDigits);
  return place.snapshot || position === undefined || logPosition(place) !== undefined
    ? undefined
    : { log: '', position, signs: { time: sortableInstant(place.written) } };
}
