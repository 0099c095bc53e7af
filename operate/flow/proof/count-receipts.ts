import { type Receipt, receiptOf } from '#shared/consumer/receipt.ts';
import { limits } from '#shared/contract/limits.ts';
import { receiptType } from '#shared/core/identity/receipt-names.ts';
import { keysOf } from '../../core/bus-log/log-range.ts';
import { attributeIn } from '../../core/proof/attribute-in.ts';
import { allIds, type IdPart, ReceiptCounter, type ReceiptGroup } from '../../core/proof/receipt-counter.ts';
import { type BusLine, busLineOf, type ExpectedReceipts } from '../../core/proof/received.ts';
import type { Objects } from '../../ports.ts';
import { logLines, logObjects } from '../read-log.ts';

/** Which part of the bus log is counted. */
export interface ReceiptRange {
  /** UTC days, the first and the last. */
  readonly first: string;
  readonly last: string;
  /** ISO 8601 UTC: events that the bus took later are left out, for their receipts may be on their way. */
  readonly until: string;
  /** ISO 8601 UTC: receipts are read up to now. */
  readonly now: string;
}

export interface ReceiptBounds {
  /** Whether there is time to read the log. */
  readonly hasTime: () => boolean;
  readonly idsMax?: number;
}

/**
 * Counts events on the bus, each once, and which of them each consumer reported. The log is read once, and once more for each time that
 * its ids, reported ones included, are more than memory has room for. Receipts are nothing but ids: what is said of an event is taken from
 * the log. Undefined where time is short.
 */
export async function countReceipts(
  objects: Objects,
  { expected, range }: { readonly expected: ExpectedReceipts; readonly range: ReceiptRange },
  { hasTime, idsMax = limits.provenIdsAtOnce }: ReceiptBounds,
): Promise<readonly ReceiptGroup[] | undefined> {
  const groups: ReceiptGroup[] = [];
  const left: IdPart[] = [allIds];
  for (let part = left.pop(); part; part = left.pop()) {
    if (!hasTime()) return undefined;
    const counter = new ReceiptCounter({ expected, part, idsMax });
    await readRange(objects, range, counter);
    groups.push(...counter.groups(limits.acknowledgedFaultsMax));
    left.push(...counter.left);
  }
  return groups;
}

async function readRange(objects: Objects, range: ReceiptRange, counter: ReceiptCounter): Promise<void> {
  const keys = keysOf({ from: `${range.first}T00:00:00Z`, to: range.now });
  for await (const object of logObjects(objects, keys))
    for await (const line of logLines(objects, object)) {
      if (attributeIn(line, 'detail-type') === receiptType) {
        const receipt = receiptIn(line);
        if (receipt) counter.addReceipt(receipt.consumer, receipt.ids);
        continue;
      }
      const event = busLineOf(line);
      if (event && isIn(event, range)) counter.addEvent(event);
    }
}

/** Undefined for one that is damaged: its ids are missing then. */
function receiptIn(line: string): Receipt | undefined {
  const { source, detail } = JSON.parse(line) as { readonly source: string; readonly detail: unknown };
  return receiptOf(source, detail);
}

const isIn = ({ day, publishedAt }: BusLine, { first, last, until }: ReceiptRange): boolean =>
  first <= day && day <= last && publishedAt.slice(0, seconds) <= until.slice(0, seconds);

/** Digits of a time to the second. */
const seconds = '2026-11-28T14:00:00'.length;
