import type { DmsSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord } from './change.ts';
import type { JsonObject } from './lossless-json.ts';
import { textOf } from './scalar.ts';
import { identityOf, int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
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
 * The position in the log of PostgreSQL, where the record has it. Otherwise, and for the rows of an outbox, DMS's own clock. Then
 * the place on the stream, then the place in the transaction.
 */
export function dmsPosition(source: DmsSource, record: ChangeRecord, place: DmsPlace): Read<string> {
  const { metadata, snapshot, isOutbox } = place;
  const parts = [
    (isOutbox ? undefined : logPosition(metadata)) ?? clockTime(place),
    padded(record.streamSequence ?? '0', streamDigits),
    padded(textOf(metadata['transaction-record-id']) ?? '0', int64Digits),
  ];
  return parts.includes(undefined)
    ? new Unreadable('the stream’s sequence number is not one')
    : positionOf(source.epoch, snapshot, parts as string[]);
}

const lsn = '([0-9A-F]{8})/([0-9A-F]{8})';
const postgresPosition = new RegExp(`^${lsn}\\.\\d+\\.${lsn}$`, 'i');

/**
 * `stream-position` as DMS writes it for PostgreSQL: two LSNs, and between them a number of which nobody says that it grows. The
 * forms of other databases are not known to compare. Begins with a letter, so that it is newer than any time: a feed that was
 * ordered by the clock before goes on.
 */
function logPosition(metadata: JsonObject): string | undefined {
  const [whole, ...halves] = postgresPosition.exec(textOf(metadata['stream-position']) ?? '') ?? [];
  return whole && `L${halves.join('').toUpperCase()}`;
}

/** In nanoseconds, so that times compare as text. */
const clockTime = ({ written }: DmsPlace): string =>
  written.replace(/(\.\d+)Z$/, (_all, digits: string) => `${digits.padEnd(10, '0')}Z`);
