import type { BusEntry } from '../core/batch/bus-entry.ts';
import { idBytes, idsOfBytes, idsToBytes } from '../core/identity/id-bytes.ts';
import { digestOf, isSameDigest } from '../core/identity/id-digest.ts';
import { consumerOf, receiptSource, receiptType } from '../core/identity/receipt-names.ts';

/** So many ids in one entry: 16 bytes each in base64, below the 64 KB that EventBridge counts as one event. */
const idsMax = 2_000;

/** What a consumer says: it has done its work for these events. */
export interface Receipt {
  readonly consumer: string;
  /** The first 32 digits of each id. */
  readonly ids: ReadonlySet<string>;
}

/** Entries for the bus that report events. */
export function receiptEntries(consumer: string, ids: Iterable<string>): readonly BusEntry[] {
  const all = [...new Set(ids)];
  const entries: BusEntry[] = [];
  for (let start = 0; start < all.length; start += idsMax) {
    const some = new Set(all.slice(start, start + idsMax));
    const { count, sum } = digestOf(some);
    const detail = { count, sum, ids: Buffer.from(idsToBytes(some)).toString('base64') };
    entries.push({
      ...{ id: sum, source: receiptSource(consumer), detailType: receiptType },
      detail: JSON.stringify(detail),
    });
  }
  return entries;
}

/** Undefined where count and digest are not those of its ids. */
export function receiptOf(source: string, detail: unknown): Receipt | undefined {
  if (!isReported(detail)) return undefined;
  const bytes = Buffer.from(detail.ids, 'base64');
  if (bytes.length !== detail.count * idBytes) return undefined;
  const ids = idsOfBytes(bytes);
  return isSameDigest(digestOf(ids), detail) ? { consumer: consumerOf(source), ids } : undefined;
}

interface Reported {
  readonly count: number;
  readonly sum: string;
  readonly ids: string;
}

function isReported(detail: unknown): detail is Reported {
  if (typeof detail !== 'object' || detail === null) return false;
  const { count, sum, ids } = detail as Partial<Record<keyof Reported, unknown>>;
  return typeof count === 'number' && typeof sum === 'string' && typeof ids === 'string';
}
