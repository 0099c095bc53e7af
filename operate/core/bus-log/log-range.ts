import { limits } from '#shared/contract/limits.ts';
import { hourPrefix } from './bus-log-keys.ts';

/** Keys of the objects that may hold events of a range of time: from `first` on, those before `end`. */
export interface KeyRange {
  readonly first: string;
  readonly end: string;
}

const hourMilliseconds = 3_600_000;

/**
 * An object's hour is that of its oldest event, so that the object before may hold events of the range; and an event may come to
 * the log late.
 */
export function keysOf({ from, to }: { readonly from: string; readonly to: string }): KeyRange {
  const first = Date.parse(from) - limits.busLogBufferSeconds * 1_000;
  const end = Date.parse(to) + limits.busLogSearchedLateSeconds * 1_000 + hourMilliseconds;
  return { first: hourPrefix(textOf(first)), end: hourPrefix(textOf(end)) };
}

const textOf = (time: number): string => new Date(time).toISOString();
