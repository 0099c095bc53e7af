import { limits } from '#shared/contract/limits.ts';

/** A look through objects. Times in ISO 8601 UTC. */
interface Sweep {
  readonly startedAt: string;
  readonly since: string;
  readonly after?: string | undefined;
}

/** The sweep that goes on, or a new one when it is time. */
export function nextSweep(last: Sweep | undefined, now: number, isAsked: boolean): Sweep | undefined {
  if (last?.after !== undefined) return last;
  const startedAt = new Date(now).toISOString();
  if (!last) return { startedAt, since: new Date(now - 1_000 * limits.sweepFirstSeconds).toISOString() };
  const isTime = now - Date.parse(last.startedAt) >= 1_000 * limits.sweepEverySeconds;
  if (!isTime && !isAsked) return undefined;
  // What was too young for the last sweep is looked for now.
  const since = Date.parse(last.startedAt) - 1_000 * (limits.sweepAgeSeconds + limits.sweepEverySeconds);
  return { startedAt, since: new Date(since).toISOString() };
}
