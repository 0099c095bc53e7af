import { limits } from '../../contract/limits.ts';

export const daySeconds = limits.secondsADay;

/** `00` to `99`. */
export const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for a month that does not exist, so that it has no day. Months count from 1. */
const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0);

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Years below 100 are refused: Date.UTC takes them for 19xx. */
const isDay = (year: number, month: number, day: number): boolean =>
  year >= 100 && day >= 1 && day <= daysInMonth(year, month);

const isTime = (hour: number, minute: number, second: number): boolean =>
  hour <= 23 && minute <= 59 && second <= 59;

/**
 * Epoch seconds of a time read as UTC; undefined when there is no such day or time of day. Months count
 * from 1. It has the parameters of `Date.UTC`, and is called for each value: an object would cost more than the check.
 */
export const epochSeconds = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined =>
  isDay(year, month, day) && isTime(hour, minute, second)
    ? Date.UTC(year, month - 1, day, hour, minute, second) / 1000
    : undefined;
