import { type Read, Unreadable } from './unreadable.ts';

const fourDigitYear = /^\d{4}-/;

/** When a change happened becomes its event's `time`, which RFC 3339 writes with a year of four digits. */
export const recordTime = (instant: string): Read<string> =>
  fourDigitYear.test(instant)
    ? instant
    : new Unreadable('the record’s time is not within the years 0 to 9999');
