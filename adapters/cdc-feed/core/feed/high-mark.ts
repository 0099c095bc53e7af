import { limits } from '#shared/contract/limits.ts';
import type { LogPlace } from '../change/change.ts';

/** The highest place of each log that a shard carries. */
export interface HighMark {
  /** The contract's epoch when it was stored. Places of another epoch do not compare. */
  readonly epoch: number;
  readonly logs: Readonly<Record<string, HighPlace>>;
  /** Where the shard stopped because a log fell, one for each epoch, the latest last. */
  readonly falls: readonly Fell[];
}

type HighPlace = Omit<LogPlace, 'log'> & {
  /** Place on the stream of the change that stands highest; untold where the places of the stream may start again. */
  readonly streamPlace?: string | undefined;
};

/** Where the log stood at a change, and where the change stands on the stream if places there only grow. */
export interface SeenPlace {
  readonly place: LogPlace;
  readonly streamPlace: string | undefined;
}

/** Where an epoch ended: records before it keep it, whenever they come again. */
export interface Fell {
  /** Sequence number on the stream of the first record that stands too low. */
  readonly sequenceNumber: string;
  readonly epoch: number;
}

/** A change that was not written before, yet stands lower than changes before it: its log is another, or was set back. */
export interface Fall {
  readonly place: LogPlace;
  /** The highest position that was seen. */
  readonly highest: string;
  /** What tells that the change was not written before. */
  readonly sign: string;
}

export const emptyMark = (epoch: number, falls: readonly Fell[] = []): HighMark => ({
  epoch,
  logs: {},
  falls,
});

/**
 * A repeat stands lower too, but has no sign that is greater than all before it. Nor has a change fallen that was on the stream before
 * the highest: of parallel batches, the later one may store its mark first.
 */
export function fallOf(mark: HighMark, { place, streamPlace }: SeenPlace): Fall | undefined {
  const high = highestOf(mark, place.log);
  if (!high || place.position >= high.position) return undefined;
  if (streamPlace !== undefined && high.streamPlace !== undefined && streamPlace < high.streamPlace)
    return undefined;
  const sign = Object.keys(place.signs).find(name => isNew(high, name, place.signs[name]));
  return sign === undefined ? undefined : { place, highest: high.position, sign };
}

/** Logs are named by records, which may name one like a property that every object has. */
const highestOf = ({ logs }: HighMark, log: string): HighPlace | undefined =>
  Object.hasOwn(logs, log) ? logs[log] : undefined;

function isNew({ signs }: HighPlace, name: string, value = ''): boolean {
  const greatest = signs[name];
  return greatest === undefined || value > greatest;
}

/** The mark after a change; the same object where the change stands no higher. */
export function raised(mark: HighMark, { place, streamPlace }: SeenPlace): HighMark {
  const high = highestOf(mark, place.log) ?? { position: '', signs: {} };
  const signs = greatestSigns(high.signs, place.signs);
  const isHigher = place.position > high.position;
  if (signs === high.signs && !isHigher) return mark;
  const highest = isHigher ? { position: place.position, signs, streamPlace } : { ...high, signs };
  return { ...mark, logs: newest({ ...mark.logs, [place.log]: highest }, limits.feedLogsMax) };
}

function greatestSigns(known: LogPlace['signs'], signs: LogPlace['signs']): LogPlace['signs'] {
  const greater = Object.entries(signs).filter(
    ([name, value]) => !(name in known) || value > (known[name] ?? ''),
  );
  return greater.length === 0
    ? known
    : newest({ ...known, ...Object.fromEntries(greater) }, limits.feedSignsMax);
}

/** The last entries: names are told in the order in which they were first seen. */
const newest = <T>(all: Readonly<Record<string, T>>, max: number): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all).slice(-max));
