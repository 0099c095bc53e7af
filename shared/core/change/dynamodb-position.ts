import type { DynamoDbSource } from '../../contract/cdc-source.ts';
import type { ChangeRecord, Position } from './change.ts';
import { exactDecimal } from './decimal.ts';
import type { JsonObject } from './lossless-json.ts';
import { textOf } from './scalar.ts';
import { int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
import { instantOf } from './time-count.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Digits of the longest sequence number of DynamoDB Streams. */
const sequenceDigits = 40;

interface Creation {
  readonly micros: bigint;
  readonly iso: string;
}

/** Streams: seconds, rounded; Kinesis: milliseconds, or microseconds where `ApproximateCreationDateTimePrecision` says so. */
export function creation(stream: JsonObject, source: DynamoDbSource): Read<Creation> {
  const text = textOf(stream.ApproximateCreationDateTime) ?? '';
  const isMicros = stream.ApproximateCreationDateTimePrecision === 'MICROSECOND';
  const digits = source.form === 'streams' ? 6 : isMicros ? 0 : 3;
  const exact = exactDecimal(text, 9);
  if (typeof exact !== 'string') return new Unreadable('no ApproximateCreationDateTime');
  const micros = BigInt(exact.replace('.', '')) / 10n ** BigInt(9 - digits);
  const iso = instantOf(micros, 'micros');
  return iso instanceof Unreadable ? iso : { micros, iso };
}

/**
 * Streams: their sequence number. Kinesis: the time of the change, then the place in the stream; Kinesis may deliver changes
 * of an item out of order and twice, and only that time tells.
 */
export function itemPosition(
  source: DynamoDbSource,
  stream: JsonObject,
  micros: bigint,
  record: ChangeRecord,
): Read<Position> {
  if (source.form === 'kinesis') {
    const parts = [padded(String(micros), int64Digits), padded(record.streamSequence ?? '0', streamDigits)];
    if (parts.includes(undefined)) return new Unreadable('the stream’s sequence number is not one');
    return positionOf(source.epoch, false, parts as string[], { micros: String(micros) });
  }
  const number = textOf(stream.SequenceNumber);
  const sequence = padded(number, sequenceDigits);
  if (!number || !sequence) return new Unreadable('no SequenceNumber');
  return positionOf(source.epoch, false, [sequence], { sequenceNumber: number });
}
