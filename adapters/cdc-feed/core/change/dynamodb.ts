import type { DynamoDbSource } from '../../contract/cdc-source.ts';
import { isTable, tableOfArn } from '../../contract/dynamodb-table.ts';
import { type CapturedEntity, entityFinder } from './captured-entity.ts';
import { type Change, type ChangeRecord, changeWith, type Operation, Skipped } from './change.ts';
import type { Decoder } from './decoder.ts';
import { itemImages } from './dynamodb-images.ts';
import { creation, itemIdentity, itemPosition } from './dynamodb-position.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { parseRecord } from './record-text.ts';
import { textOf } from './scalar.ts';
import { type Read, Unreadable } from './unreadable.ts';

const operations: Readonly<Record<string, Operation>> = {
  INSERT: 'create',
  MODIFY: 'update',
  REMOVE: 'delete',
};

/** Numbers are written as such, bytes as base64. */
const encodings = { decimals: 'string', binary: 'base64' } as const;

/** Decodes records of DynamoDB Streams, or of its Kinesis form, which has `tableName` but no sequence number of its own. */
export function dynamoDbDecoder(source: DynamoDbSource): Decoder {
  const find = entityFinder(source, encodings);
  return record => {
    const json = parseRecord(record.data);
    if (json instanceof Unreadable) return json;
    if (!isObject(json) || !isObject(json.dynamodb) || typeof json.eventName !== 'string')
      return new Unreadable('no `dynamodb` or no `eventName`: not a DynamoDB stream record');
    const op = Object.hasOwn(operations, json.eventName) ? operations[json.eventName] : undefined;
    if (!op) return new Unreadable('an event name that is not known', 'UNKNOWN_OPERATION');
    const target = find(tableOf(json, source));
    return target instanceof Skipped || target instanceof Unreadable
      ? target
      : changeOf(source, record, { json, stream: json.dynamodb, target, op });
  };
}

interface Parts {
  readonly json: JsonObject;
  readonly stream: JsonObject;
  readonly target: CapturedEntity;
  readonly op: Operation;
}

function changeOf(source: DynamoDbSource, record: ChangeRecord, parts: Parts): Read<Change> {
  const { json, stream, target, op } = parts;
  const when = creation(stream, source);
  if (when instanceof Unreadable) return when;
  const images = itemImages(target, stream, op);
  if (images instanceof Unreadable) return images;
  const position = itemPosition(source, { json, micros: when.micros }, record);
  if (position instanceof Unreadable) return position;
  const ttl = op === 'delete' && isExpiry(json.userIdentity) ? true : undefined;
  return changeWith(images, {
    entity: target.name,
    op,
    position,
    identity: itemIdentity(source, json),
    occurredAt: when.iso,
    snapshot: false,
    ttl,
  });
}

/** The table named, the one in the stream's ARN, or the only one there is. */
function tableOf(record: JsonObject, source: DynamoDbSource): string | undefined {
  if (typeof record.tableName === 'string') return record.tableName;
  const tables = Object.keys(source.entities);
  const name = tableOfArn(textOf(record.eventSourceARN) ?? '');
  if (name === undefined) return tables.length === 1 ? tables[0] : undefined;
  return tables.find(table => isTable(name, table)) ?? name;
}

/** Time to live acts as the service itself. */
const isExpiry = (identity: Json | undefined): boolean =>
  isObject(identity) && identity.type === 'Service' && identity.principalId === 'dynamodb.amazonaws.com';
