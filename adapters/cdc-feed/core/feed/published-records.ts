import { limits } from '#shared/contract/limits.ts';
import type { BusEvent } from '#shared/core/batch/bus-entry.ts';
import { digestOfEvents, eachOnce } from '#shared/core/batch/event-digest.ts';
import type { Outcome } from '#shared/core/outcome/tally.ts';
import type { PublishedRecords } from './batch-entry.ts';

interface FinishedRecord {
  readonly index: number;
  readonly end: Outcome;
  readonly events: readonly BusEvent[];
}

/** What is claimed for a batch's finished records. An event that two of them make is claimed once. */
export const publishedRecords = (done: readonly FinishedRecord[], bytes: number): PublishedRecords => ({
  ...digestOfEvents(eachOnce(done.flatMap(({ events }) => events))),
  bytes,
  except: rangesOf(done.filter(({ end }) => end === 'quarantined').map(({ index }) => index)),
});

/** Ranges beyond the limit are left out: missing events of such a batch cannot be made again by themselves. */
function rangesOf(indexes: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const index of indexes) {
    const last = ranges.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges
    .slice(0, limits.exceptedRangesMax)
    .map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
    .join();
}

/** Whether a record is one of those that `except` names. */
export function exceptedBy(except: string): (index: number) => boolean {
  const ranges = except === '' ? [] : except.split(',').map(range => range.split('-').map(Number));
  return index => ranges.some(([first = 0, last = first]) => first <= index && index <= last);
}
