import { limits } from '#shared/contract/limits.ts';
import { dayAfter, dayOf } from '../../core/audit/days.ts';
import { proofLines } from '../../core/proof/log-lines.ts';
import type { ReceiptGroup } from '../../core/proof/receipt-counter.ts';
import type { ConsumerCounts, DayReceipts } from '../../core/proof/received.ts';
import { countReceipts, type ReceiptRange } from './count-receipts.ts';
import type { ProofWork } from './proof-work.ts';

/**
 * Holds the receipts of consumers against the bus log: for this day so far and the days before it. Nothing is done about what a
 * consumer did not report; it is named, and for a day that is over it raises an alarm.
 */
export async function proveReceipts(work: ProofWork): Promise<void> {
  const { ports, invocation, graceSeconds, expected } = work;
  if (Object.keys(expected).length === 0) return;
  const now = ports.clock.now();
  const range: ReceiptRange = {
    first: await firstDay(work, now),
    last: dayOf(now),
    until: new Date(now - graceSeconds * 1_000).toISOString(),
    now: new Date(now).toISOString(),
  };
  const hasTime = () => invocation.remainingMilliseconds() >= limits.proofStopMilliseconds;
  const groups = await countReceipts(ports.objects, { expected, range }, { hasTime });
  if (!groups) {
    ports.log.warn(proofLines.unfinished, { receipts: true });
    return;
  }
  for (const [key, own] of byDay(groups)) {
    const [integration = '', day = ''] = key.split(' ');
    const receipts = dayReceipts(own, range.now);
    await ports.standings.keepReceipts(integration, day, receipts);
    if (isOver(day, now - graceSeconds * 1_000)) logUnreported(work, { integration, day, receipts });
  }
  // What waited for the bus is published by then.
  const settledAt = now - 1_000 * (limits.busWaitSecondsMax + limits.trailDayEndsSeconds);
  for (let day = range.first; isOver(day, settledAt); day = dayAfter(day))
    if (!groups.some(group => group.day === day && isLacking(group)))
      await ports.standings.keepReceipts(everyone, day, { at: range.now, onBus: 0, consumers: {} });
}

/** Where it is noted that a day is over and everything of it was reported: it is not read again. */
const everyone = '*';

/** The first day of which something may be missing. */
async function firstDay({ ports }: ProofWork, now: number): Promise<string> {
  const today = dayOf(now);
  let day = dayAfter(today, -limits.receiptDays);
  while (day < today && (await ports.standings.receipts(everyone, day))) day = dayAfter(day);
  return day;
}

const isLacking = ({ events, consumers }: ReceiptGroup): boolean =>
  consumers.some(({ received }) => received < events);

function byDay(groups: readonly ReceiptGroup[]): ReadonlyMap<string, readonly ReceiptGroup[]> {
  const days = new Map<string, ReceiptGroup[]>();
  for (const group of groups) {
    const key = `${group.integration} ${group.day}`;
    days.set(key, [...(days.get(key) ?? []), group]);
  }
  return days;
}

/** Of all types and parts together. */
function dayReceipts(groups: readonly ReceiptGroup[], at: string): DayReceipts {
  const consumers: Record<string, ConsumerCounts> = {};
  for (const { events, consumers: reported } of groups)
    for (const { name, received, missing } of reported) {
      const before = consumers[name] ?? { expected: 0, received: 0, missing: [] };
      consumers[name] = {
        expected: before.expected + events,
        received: before.received + received,
        missing: [...before.missing, ...missing].slice(0, limits.acknowledgedFaultsMax),
      };
    }
  return { at, onBus: groups.reduce((sum, { events }) => sum + events, 0), consumers };
}

const isOver = (day: string, now: number): boolean => Date.parse(dayAfter(day)) <= now;

function logUnreported(
  { ports }: ProofWork,
  { integration, day, receipts }: { integration: string; day: string; receipts: DayReceipts },
): void {
  for (const [consumer, { expected, received, missing }] of Object.entries(receipts.consumers))
    if (received < expected)
      ports.log.error(proofLines.unreported, {
        ...{ integration, day, consumer, expected, received, ids: missing.slice(0, 10) },
      });
}
