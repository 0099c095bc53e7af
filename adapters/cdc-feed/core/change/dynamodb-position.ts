import type { DynamoDbSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord } from './change.ts';
import { exactDecimal } from './decimal.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { recordTime } from './record-time.ts';
import { textOf } from './scalar.ts';
import { identityOf, int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
import { instantOf, safeInstantOf } from './time-count.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Digits of the longest sequence number of DynamoDB Streams. */
const sequenceDigits = 40;

interface Creation {
  readonly micros: string;
  readonly iso: string;
}

/** Test events lack a time. Streams are ordered by their sequence number, so that such a record is read all the same. */
const untold: Creation = { micros: '0', iso: '1970-01-01T00:00:00.000Z' };

/** Streams: seconds, rounded; Kinesis: milliseconds, or microseconds where `ApproximateCreationDateTimePrecision` says so. */
export function creation(stream: JsonObject, source: DynamoDbSource): Read<Creation> {
  if (source.form === 'streams' && stream.ApproximateCreationDateTime === undefined) return untold;
  const isMicros = stream.ApproximateCreationDateTimePrecision === 'MICROSECOND';
  const digits = source.form === 'streams' ? 6 : isMicros ? 0 : 3;
  const exact = exactDecimal(textOf(stream.ApproximateCreationDateTime) ?? '', 9);
  if (typeof exact !== 'string') return new Unreadable('no ApproximateCreationDateTime');
  const micros = exact.replace('.', '').slice(0, digits - 9);
  const count = Number(micros);
  const iso = recordTime(
    Number.isSafeInteger(count) ? safeInstantOf(count, 'micros') : instantOf(BigInt(micros), 'micros'),
  );
  return iso instanceof Unreadable ? iso : { micros, iso };
}

/**
 * Kinesis: the record's own id, for its place in the stream is another each time it is put there. Streams hold each change
 * once, under their sequence number.
 */
export function itemIdentity(source: DynamoDbSource, record: JsonObject): string | undefined {
  const { eventID } = record;
  const isNamed = source.form === 'kinesis' && typeof eventID === 'string' && eventID !== '';
  return isNamed ? identityOf(source.epoch, eventID) : undefined;
}

export interface ItemPlace {
  readonly json: JsonObject;
  /** When the change was made. */
  readonly micros: string;
}

/**
 * Streams: which stream of the table it is, then its sequence number. Kinesis: the time of the change, then the place in the
 * stream; Kinesis may deliver changes of an item out of order and twice, and only that time tells.
 */
export function itemPosition(
  source: DynamoDbSource,
  { json, micros }: ItemPlace,
  record: ChangeRecord,
): Read<string> {
  if (source.form === 'kinesis') {
    const parts = [padded(micros, int64Digits), padded(record.streamSequence ?? '0', streamDigits)];
    return parts.includes(undefined)
      ? new Unreadable('the stream’s sequence number is not one')
      : positionOf(source.epoch, false, parts as string[]);
  }
  const stream = isObject(json.dynamodb) ? json.dynamodb : {};
  const sequence = padded(textOf(stream.SequenceNumber), sequenceDigits);
  return sequence
    ? positionOf(source.epoch, false, [...generationOf(json), sequence])
    : new Unreadable('no SequenceNumber');
}

/**
 * When the table's stream was made, in its ARN: a table that is restored or recreated has another stream, whose sequence numbers
 * do not compare with those before. Begins with a letter, so that it is newer than sequences of earlier versions, which lack it.
 */
function generationOf({ eventSourceARN }: JsonObject): string[] {
  const made = /\/stream\/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})$/.exec(textOf(eventSourceARN) ?? '')?.[1];
  return made === undefined ? [] : [`S${made.replace(/\D/g, '')}`];
}
