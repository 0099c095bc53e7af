import type { CdcSource } from '../../contract/cdc-source.ts';
import { fault } from '../../contract/fault.ts';
import { type Change, type ChangeRecord, type Decoded, Skipped } from './change.ts';
import { decodeDebezium } from './debezium.ts';
import { decodeDms } from './dms.ts';
import { decodeDynamoDb } from './dynamodb.ts';
import { withOutbox } from './outbox.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** One record of a change stream as a change, a skip by rule, or a fault. Never throws for what the record holds. */
export function decode(source: CdcSource, record: ChangeRecord): Decoded {
  const decoded = attempt(source, record);
  if (!(decoded instanceof Unreadable)) return decoded;
  const at = decoded.column === undefined ? {} : { column: decoded.column };
  return fault(decoded.code, at, decoded.detail);
}

/** The engine's own bounds (call stack, BigInt size) end as a RangeError: a record nested or numbered beyond reason. */
function attempt(source: CdcSource, record: ChangeRecord): Read<Change> | Skipped {
  try {
    return decodeFrom(source, record);
  } catch (error) {
    if (error instanceof RangeError) return new Unreadable('nested too deeply, or a number beyond reason');
    throw error;
  }
}

function decodeFrom(source: CdcSource, record: ChangeRecord): Read<Change> | Skipped {
  const decoded = changeFrom(source, record);
  return decoded instanceof Unreadable || decoded instanceof Skipped ? decoded : withOutbox(source, decoded);
}

function changeFrom(source: CdcSource, record: ChangeRecord): Read<Change> | Skipped {
  switch (source.kind) {
    case 'debezium':
      return decodeDebezium(source, record);
    case 'dms':
      return decodeDms(source, record);
    case 'dynamodb':
      return decodeDynamoDb(source, record);
  }
}
