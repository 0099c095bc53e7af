import type { HandoffLine } from '#operate/core/shapes/handoffs.ts';

type Tally = NonNullable<HandoffLine['tally']>;

/** The books of one day: what was received, and how it ended. */
export interface BookDay {
  readonly day: string;
  readonly files: number;
  /** Files that are not settled: their rows are not counted yet. */
  readonly open: number;
  readonly received: number;
  readonly tally: Tally;
  /** Whether what was received is the sum of the outcomes. */
  readonly balances: boolean;
}

/** Books by the UTC day of arrival, the newest first. */
export function bookDays(handoffs: readonly HandoffLine[]): readonly BookDay[] {
  const byDay = new Map<string, HandoffLine[]>();
  for (const handoff of handoffs) {
    const day = handoff.receivedAt.slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), handoff]);
  }
  return [...byDay].map(([day, files]) => bookDay(day, files)).sort((a, b) => (a.day < b.day ? 1 : -1));
}

function bookDay(day: string, files: readonly HandoffLine[]): BookDay {
  const settled = files.filter(({ settledAt }) => settledAt !== null);
  const received = settled.reduce((sum, file) => sum + (file.received ?? 0), 0);
  const tally = sumOf(settled.flatMap(file => file.tally ?? []));
  const ended = Object.values(tally).reduce((sum, count) => sum + count, 0);
  return {
    day,
    files: files.length,
    open: files.length - settled.length,
    received,
    tally,
    balances: received === ended,
  };
}

const none: Tally = { published: 0, duplicate: 0, quarantined: 0, rejected: 0, skipped: 0 };

const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, tally) => ({
      published: sum.published + tally.published,
      duplicate: sum.duplicate + tally.duplicate,
      quarantined: sum.quarantined + tally.quarantined,
      rejected: sum.rejected + tally.rejected,
      skipped: sum.skipped + tally.skipped,
    }),
    none,
  );
