import { limits } from '../../contract/limits.ts';
import type { BusEntry } from './bus-entry.ts';

/** Bytes that PutEvents counts for an entry: UTF-8 of source, detail-type and detail. */
export const entryBytes = (entry: BusEntry): number =>
  Buffer.byteLength(entry.source) + Buffer.byteLength(entry.detailType) + Buffer.byteLength(entry.detail);

/** Whether the bus takes the entry. Few are long enough to be counted. */
export const fitsBus = (entry: BusEntry): boolean =>
  mostBytes(entry) <= limits.entryBytesMax || entryBytes(entry) <= limits.entryBytesMax;

/** A UTF-16 code unit is at most three bytes. */
const mostBytes = ({ source, detailType, detail }: BusEntry): number =>
  3 * (source.length + detailType.length + detail.length);

/** Packs entries, in order, into as few PutEvents requests as count and bytes allow. Each entry must fit the bus. */
export const pack = <T extends BusEntry>(entries: readonly T[]): T[][] =>
  entries.every(isSmall) ? packByCount(entries) : packByBytes(entries);

/** As many as a request takes may be of this size. */
const isSmall = (entry: BusEntry): boolean =>
  mostBytes(entry) <= limits.putEventsBytesMax / limits.putEventsEntriesMax;

function packByCount<T>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < entries.length; at += limits.putEventsEntriesMax)
    batches.push(entries.slice(at, at + limits.putEventsEntriesMax));
  return batches;
}

function packByBytes<T extends BusEntry>(entries: readonly T[]): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = entryBytes(entry);
    if (batch.length === limits.putEventsEntriesMax || bytes + size > limits.putEventsBytesMax) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
