import { limits } from '../../contract/limits.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { dueTimes } from './due-times.ts';

/** A file that came. */
export interface CameFile {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly period?: string | undefined;
}

/** How a schedule stands. Times are epoch milliseconds. */
export interface Watch {
  /** Files and due times up to here are counted. */
  readonly upTo: number;
  /** Whether the file came that is due next. */
  readonly isMet: boolean;
  /** Due times whose files are overdue, the oldest first. */
  readonly missing: readonly number[];
  /** Of the last file that counted: the same period again is a corrected file. */
  readonly period?: string | undefined;
}

export interface Watched {
  readonly watch: Watch;
  /** Due times that are overdue since now. */
  readonly overdue: readonly number[];
  readonly late: readonly { readonly id: string; readonly due: number }[];
}

/** Where watching begins: after the last time whose grace is over, so that a file that came before counts for the next. */
export function beginWatch(schedule: Schedule, now: number): Watch {
  let upTo = now - 1_000 * limits.watchFirstSeconds;
  for (const due of dueTimes(schedule, upTo)) {
    if (deadlineOf(schedule, due) > now) break;
    upTo = deadlineOf(schedule, due);
  }
  return { upTo, isMet: false, missing: [] };
}

/**
 * Counts the files that came since (`came`, in any order) up to `now`. A file that comes while others are overdue is the oldest of those.
 * Else it is the one that is due next. Further files before the next time are none of the schedule's.
 */
export function watchSchedule(
  schedule: Schedule,
  before: Watch,
  { came, now }: { readonly came: readonly CameFile[]; readonly now: number },
): Watched {
  const files = came.filter(({ at }) => at > before.upTo && at <= now).sort((a, b) => a.at - b.at);
  const overdue: number[] = [];
  const late: { id: string; due: number }[] = [];
  let watch: Watch = { ...before, upTo: now };
  const count = (file: CameFile): void => {
    if (file.period !== undefined && file.period === watch.period) return;
    const [due, ...missing] = watch.missing;
    if (due !== undefined) late.push({ id: file.id, due });
    watch =
      due === undefined
        ? { ...watch, isMet: true, period: file.period }
        : { ...watch, missing, period: file.period };
  };
  for (const due of graceOver(schedule, before.upTo, now)) {
    const deadline = deadlineOf(schedule, due);
    while (files[0] && files[0].at <= deadline) count(files.shift() as CameFile);
    if (!watch.isMet) overdue.push(due);
    const missing = watch.isMet ? watch.missing : [...watch.missing, due].slice(-limits.overdueKeptMax);
    watch = { ...watch, isMet: false, missing };
  }
  for (const file of files) count(file);
  return { watch, overdue, late };
}

/** The next time that is not met. */
export function nextDue(schedule: Schedule, { isMet, upTo }: Watch): number | undefined {
  let left = isMet ? 1 : 0;
  for (const due of dueTimes(schedule, upTo - 60_000 * schedule.graceMinutes)) {
    if (deadlineOf(schedule, due) <= upTo) continue;
    if (left === 0) return due;
    left -= 1;
  }
  return undefined;
}

export const deadlineOf = ({ graceMinutes }: Schedule, due: number): number => due + 60_000 * graceMinutes;

/** Due times whose grace ended after `from`, until `to`. */
function* graceOver(schedule: Schedule, from: number, to: number): Generator<number> {
  for (const due of dueTimes(schedule, from - 60_000 * schedule.graceMinutes)) {
    if (deadlineOf(schedule, due) > to) return;
    yield due;
  }
}
