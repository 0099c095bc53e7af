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
}

/** DMS names no comparable log position: its own clock orders, then the stream, then the place in the transaction. */
export function dmsPosition(
  source: DmsSource,
  record: ChangeRecord,
  { metadata, written, snapshot }: DmsPlace,
): Read<string> {
  const parts = [
    written.replace(/(\.\d+)Z$/, (_all, digits: string) => `${digits.padEnd(10, '0')}Z`),
    padded(record.streamSequence ?? '0', streamDigits),
    padded(textOf(metadata['transaction-record-id']) ?? '0', int64Digits),
  ];
  return parts.includes(undefined)
    ? new Unreadable('the stream’s sequence number is not one')
    : positionOf(source.epoch, snapshot, parts as string[]);
}
