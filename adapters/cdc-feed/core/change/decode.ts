import { fault } from '#shared/contract/fault.ts';
import type { CdcSource } from '../../contract/cdc-source.ts';
import { type Change, type ChangeRecord, type Decoded, Skipped } from './change.ts';
import { debeziumDecoder } from './debezium.ts';
import type { Decoder } from './decoder.ts';
import { dmsDecoder } from './dms.ts';
import { dynamoDbDecoder } from './dynamodb.ts';
import { withOutbox } from './outbox.ts';
import { type Read, Unreadable } from './unreadable.ts';

export type Decode = (record: ChangeRecord) => Decoded;

/** Reads records of a change stream: a change, a skip by rule, or a fault. Never throws for what a record holds. */
export function decoder(source: CdcSource): Decode {
  const decode = withinBounds(withOutboxes(source, decoderOf(source)));
  return record => {
    const decoded = decode(record);
    return decoded instanceof Unreadable ? faultOf(decoded) : decoded;
  };
}

function withOutboxes(source: CdcSource, decode: Decoder): Decoder {
  if (!Object.values(source.entities).some(({ outbox }) => outbox)) return decode;
  return record => {
    const found = decode(record);
    return isChange(found) ? withOutbox(source, found) : found;
  };
}

const isChange = (found: Read<Change> | Skipped): found is Change =>
  !(found instanceof Unreadable || found instanceof Skipped);

const faultOf = ({ code, column, detail }: Unreadable) =>
  fault(code, column === undefined ? {} : { column }, detail);

/** The engine's own bounds (call stack, BigInt size) end as a RangeError: a record nested or numbered beyond reason. */
const withinBounds =
  (decode: Decoder): Decoder =>
  record => {
    try {
      return decode(record);
    } catch (error) {
      if (error instanceof RangeError) return new Unreadable('nested too deeply, or a number beyond reason');
      throw error;
    }
  };

function decoderOf(source: CdcSource): Decoder {
  switch (source.kind) {
    case 'debezium':
      return debeziumDecoder(source);
    case 'dms':
      return dmsDecoder(source);
    case 'dynamodb':
      return dynamoDbDecoder(source);
  }
}
