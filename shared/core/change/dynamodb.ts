import type { DynamoDbSource, Entity } from '../../contract/cdc-source.ts';
import { plainItem } from './attribute-value.ts';
import type { Change, ChangeRecord, Operation, Position, Row } from './change.ts';
import { plainEncodings } from './column.ts';
import { exactDecimal } from './decimal.ts';
import { isObject, type Json, JsonNumber, type JsonObject } from './lossless-json.ts';
import { parseRecord } from './record-text.ts';
import { pickKey, readRow, whole } from './row.ts';
import { int64Digits, padded, positionOf, streamDigits } from './sequence.ts';
import { instantOf } from './time.ts';
import { type Read, Unreadable } from './unreadable.ts';

const operations: Readonly<Record<string, Operation>> = {
  INSERT: 'create',
  MODIFY: 'update',
  REMOVE: 'delete',
};

/** Decodes a record of DynamoDB Streams, or of its Kinesis form, which has `tableName` but no sequence number of its own. */
export function decodeDynamoDb(source: DynamoDbSource, record: ChangeRecord): Read<Change> {
  const json = parseRecord(record.data);
  if (json instanceof Unreadable) return json;
  if (!isObject(json) || !isObject(json.dynamodb) || typeof json.eventName !== 'string')
    return new Unreadable('no `dynamodb` or no `eventName`: not a DynamoDB stream record');
  const op = Object.hasOwn(operations, json.eventName) ? operations[json.eventName] : undefined;
  if (!op) return new Unreadable('an event name that is not known', 'UNKNOWN_OPERATION');
  const name = tableOf(json, source);
  const entity =
    name !== undefined && Object.hasOwn(source.entities, name) ? source.entities[name] : undefined;
  if (!name || !entity) return new Unreadable('a table that the contract does not name', 'UNKNOWN_ENTITY');
  const when = creation(json.dynamodb, source);
  if (when instanceof Unreadable) return when;
  const images = readImages(entity, json.dynamodb, op);
  if (images instanceof Unreadable) return images;
  const position = positionIn(source, json.dynamodb, when.micros, record);
  if (position instanceof Unreadable) return position;
  const ttl = op === 'delete' && isExpiry(json.userIdentity) && { ttl: true as const };
  return { entity: name, op, ...images, position, occurredAt: when.iso, snapshot: false, ...ttl };
}

/** The table named, the one in the stream's ARN, or the only one there is. */
function tableOf(record: JsonObject, source: DynamoDbSource): string | undefined {
  if (typeof record.tableName === 'string') return record.tableName;
  const arn = typeof record.eventSourceARN === 'string' ? record.eventSourceARN : '';
  const [only, ...others] = Object.keys(source.entities);
  return /:table\/([^/]+)/.exec(arn)?.[1] ?? (others.length === 0 ? only : undefined);
}

type Images = Pick<Change, 'key' | 'before' | 'after' | 'unavailable'>;

function readImages(entity: Entity, stream: JsonObject, op: Operation): Read<Images> {
  const keys = readItem(entity, stream.Keys);
  const before = readItem(entity, stream.OldImage);
  const after = readItem(entity, stream.NewImage);
  if (keys instanceof Unreadable) return keys;
  if (before instanceof Unreadable) return before;
  if (after instanceof Unreadable) return after;
  const key = pickKey(entity, keys ?? after ?? before);
  if (!key) return new Unreadable('the key’s attributes are not in the record', 'MISSING_KEY');
  if (op !== 'delete' && !after)
    return new Unreadable('no NewImage; set the stream’s view to NEW_AND_OLD_IMAGES');
  return {
    key,
    ...(before && { before: whole(entity, before) }),
    ...(after && { after: whole(entity, after) }),
    unavailable: [],
  };
}

function readItem(entity: Entity, item: Json | undefined): Read<Row | undefined> {
  if (item === undefined || item === null) return undefined;
  const plain = isObject(item) ? plainItem(item) : new Unreadable('an image that is not an item');
  if (plain instanceof Unreadable) return plain;
  const read = readRow(plain, { entity, encodings: plainEncodings });
  return read instanceof Unreadable ? read : read.row;
}

interface Creation {
  readonly micros: bigint;
  readonly iso: string;
}

/** Streams: seconds, rounded; Kinesis: milliseconds, or microseconds where `ApproximateCreationDateTimePrecision` says so. */
function creation(stream: JsonObject, source: DynamoDbSource): Read<Creation> {
  const raw = stream.ApproximateCreationDateTime;
  const text = raw instanceof JsonNumber ? raw.text : typeof raw === 'number' ? String(raw) : '';
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
function positionIn(
  source: DynamoDbSource,
  stream: JsonObject,
  micros: bigint,
  record: ChangeRecord,
): Read<Position> {
  const number =
    stream.SequenceNumber instanceof JsonNumber ? stream.SequenceNumber.text : stream.SequenceNumber;
  if (source.form === 'kinesis') {
    const parts = [padded(String(micros), int64Digits), padded(record.streamSequence ?? '0', streamDigits)];
    if (parts.includes(undefined)) return new Unreadable('the stream’s sequence number is not one');
    return positionOf(source.epoch, false, parts as string[], { micros: String(micros) });
  }
  const sequence = padded(number === undefined || number === null ? undefined : String(number), 40);
  if (!sequence) return new Unreadable('no SequenceNumber');
  return positionOf(source.epoch, false, [sequence], { sequenceNumber: String(number) });
}

/** Time to live acts as the service itself. */
const isExpiry = (identity: Json | undefined): boolean =>
  isObject(identity) && identity.type === 'Service' && identity.principalId === 'dynamodb.amazonaws.com';
