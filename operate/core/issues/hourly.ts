import { limits } from '#shared/contract/limits.ts';
import type { Hourly, Sighting } from './issue.ts';

/** With one more sighting. Of older hours than are kept nothing is remembered. */
export function withHour(hourly: Hourly = {}, { at, count }: Pick<Sighting, 'at' | 'count'>): Hourly {
  const hour = at.slice(0, 13);
  const counted = { ...hourly, [hour]: (hourly[hour] ?? 0) + count };
  const newest = Object.entries(counted).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(newest.slice(-limits.issueHoursKept));
}

export const hoursOf = (hourly: Hourly = {}): { readonly at: string; readonly count: number }[] =>
  Object.entries(hourly).map(([hour, count]) => ({ at: `${hour}:00:00.000Z`, count }));
