import type { Logged } from './database.ts';
import type { Luck } from './luck.ts';

/** How a connector may bring its records to the stream. */
export interface Habits {
  /** A put call that is refused in part puts the refused records again, behind the others. */
  readonly reorders?: true;
  /** It writes again what it wrote, after a restart. */
  readonly repeats?: true;
  /** Neighbouring records come in any order, and twice: Kinesis Data Streams for DynamoDB. */
  readonly scatters?: true;
}

/** What reaches the stream of a log, in its order there. */
export function delivered(luck: Luck, log: readonly Logged[], habits: Habits): Logged[] {
  const calls = putCalls(luck, log);
  const out: Logged[] = [];
  for (const [i, call] of calls.entries()) {
    if (habits.repeats && luck.chance(0.08)) out.push(...sinceRestart(luck, calls.slice(0, i), call));
    if (habits.scatters) out.push(...luck.shuffled([...call, ...call.filter(() => luck.chance(0.2))]));
    else if (habits.reorders && luck.chance(0.2) && isSteady(call)) out.push(...partlyRefused(luck, call));
    else out.push(...call);
  }
  return out;
}

function putCalls(luck: Luck, log: readonly Logged[]): Logged[][] {
  const calls: Logged[][] = [];
  for (let at = 0; at < log.length; ) {
    const size = luck.between(1, 5);
    calls.push(log.slice(at, at + size));
    at += size;
  }
  return calls;
}

/** A connector goes on where it last knew that it was; a new log has only its own offsets. */
function sinceRestart(luck: Luck, before: readonly Logged[][], next: readonly Logged[]): Logged[] {
  const log = next[0]?.place.log;
  return before
    .slice(-luck.between(1, 4))
    .flat()
    .filter(({ place }) => place.log === log);
}

/** Calls over a step back of the clock, a new log or equal places are left whole: nothing could tell their order. */
const isSteady = (call: readonly Logged[]): boolean =>
  call.every(({ place }, i) => {
    const earlier = call[i - 1]?.place;
    return (
      !earlier ||
      (earlier.log === place.log &&
        earlier.millis <= place.millis &&
        !place.isCompressed &&
        place.snapshot === 'false')
    );
  });

function partlyRefused(luck: Luck, call: readonly Logged[]): Logged[] {
  const refused = new Set(call.filter(() => luck.chance(0.4)));
  return [...call.filter(each => !refused.has(each)), ...refused];
}
