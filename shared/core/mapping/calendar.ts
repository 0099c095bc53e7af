const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for a month that does not exist, so that no day lies in it. Months count from 1. */
const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0);

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Years below 100 are refused: Date.UTC takes them for 19xx. */
export const isDay = (year: number, month: number, day: number): boolean =>
  year >= 100 && day >= 1 && day <= daysInMonth(year, month);

export const isTime = (hour: number, minute: number, second: number): boolean =>
  hour <= 23 && minute <= 59 && second <= 59;
