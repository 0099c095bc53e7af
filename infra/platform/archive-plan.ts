import type { EventContract } from '#shared/contract/define-event.ts';

/** One archive of the bus: events of these types, kept for so many days. */
export interface ArchivePlan {
  /** Unique; part of the archive's name. */
  readonly name: string;
  readonly days: number;
  readonly types: readonly string[];
}

/** An event pattern takes 2,048 characters: EventBridge quotas, "Event pattern size". A type with its quotes and comma takes about 50. */
const patternCharactersMax = 1_950;

/**
 * One archive for each distinct `archiveDays`, so that no event is kept for longer than its contract says. More than one where
 * the types do not fit one pattern. Events of 0 days are in none.
 */
export function archivePlans(events: readonly EventContract[]): readonly ArchivePlan[] {
  const days = [...new Set(events.map(({ retention }) => retention.archiveDays))].filter(n => n > 0);
  return days
    .sort((a, b) => a - b)
    .flatMap(n =>
      plansOf(
        n,
        events.filter(({ retention }) => retention.archiveDays === n).map(({ type }) => type),
      ),
    );
}

const plansOf = (days: number, types: readonly string[]): readonly ArchivePlan[] =>
  parted(types).map((part, n) => ({ name: `${days}d${n === 0 ? '' : `-${n + 1}`}`, days, types: part }));

/** Sorted, so that a new type moves as few others as possible. */
function parted(types: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const type of [...types].sort()) {
    characters += type.length + 3;
    if (characters > patternCharactersMax) {
      parts.push([]);
      characters = type.length + 3;
    }
    parts.at(-1)?.push(type);
  }
  return parts;
}
