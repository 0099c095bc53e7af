import { type Receipt, receiptOf } from '#shared/consumer/receipt.ts';
import { limits } from '#shared/contract/limits.ts';
import { receiptType } from '#shared/core/identity/receipt-names.ts';
import { keysOf } from '../../core/bus-log/log-range.ts';
import { attributeIn } from '../../core/proof/attribute-in.ts';
import { ReceiptCounter, type ReceiptGroup } from '../../core/proof/receipt-counter.ts';
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

/**
 * Counts events on the bus, each once, and which of them each consumer reported. Ids are held in memory, in as many slices as are needed:
 * the log is read once to count lines, and once for each slice. Receipts are nothing but ids: what is said of an event is taken from the log.
 */
export async function countReceipts(
  objects: Objects,
  expected: ExpectedReceipts,
  range: ReceiptRange,
): Promise<readonly ReceiptGroup[]> {
  const slices = Math.ceil((await countEvents(objects, range)) / limits.provenIdsAtOnce);
  const groups: ReceiptGroup[] = [];
  for (let slice = 0; slice < slices; slice++) {
    const isOwn = (id: string) => Number.parseInt(id.slice(0, sliceDigits), 16) % slices === slice;
    const counter = new ReceiptCounter(expected);
    await readRange(objects, range, {
      event: line => isOwn(line.shortId) && counter.addEvent(line),
      receipt: ({ consumer, ids }) => counter.addReceipt(consumer, [...ids].filter(isOwn)),
    });
    groups.push(...counter.groups(limits.acknowledgedFaultsMax));
  }
  return groups;
}

const sliceDigits = 6;

async function countEvents(objects: Objects, range: ReceiptRange): Promise<number> {
  let events = 0;
  await readRange(objects, range, {
    event: () => {
      events += 1;
    },
    receipt: () => {},
  });
  return events;
}

/** The ids of events, by their short ids. */
export async function wholeIds(
  objects: Objects,
  shortIds: ReadonlySet<string>,
  range: ReceiptRange,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  if (shortIds.size > 0)
    await readRange(objects, range, {
      event: ({ shortId, id }) => shortIds.has(shortId) && ids.set(shortId, id),
      receipt: () => {},
    });
  return ids;
}

interface Reader {
  readonly event: (line: BusLine) => unknown;
  readonly receipt: (receipt: Receipt) => unknown;
}

async function readRange(objects: Objects, range: ReceiptRange, reader: Reader): Promise<void> {
  const keys = keysOf({ from: `${range.first}T00:00:00Z`, to: range.now });
  for await (const object of logObjects(objects, keys))
    for await (const line of logLines(objects, object)) {
      if (attributeIn(line, 'detail-type') === receiptType) {
        const receipt = receiptIn(line);
        if (receipt) reader.receipt(receipt);
        continue;
      }
      const event = busLineOf(line);
      if (event && isIn(event, range)) reader.event(event);
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
