import { fault } from '#shared/contract/fault.ts';
import { type ChangeEvents, eventsOf, faulty } from './change-result.ts';
import type { FeedEvent } from './feed-event.ts';

/**
 * The records' results, less the repeats: events that a record of the batch makes again, with no other event of their group
 * between them in the order of the sequences. A repeat behind another event is published again, because its sequence is newer:
 * a consumer that took the other event needs it to end at the newest state. Another event under an id that was seen is no
 * repeat, and is never dropped as one.
 */
export function withoutRepeats(results: readonly ChangeEvents[]): ChangeEvents[] {
  const told = withConflicts(results);
  const repeats = repeatsIn(told.flatMap(eventsOf));
  return repeats.size === 0
    ? told
    : told.map(result =>
        result.kind === 'events'
          ? { kind: 'events', events: result.events.filter(event => !repeats.has(event)) }
          : result,
      );
}

function withConflicts(results: readonly ChangeEvents[]): ChangeEvents[] {
  const seen = new Map<string, string>();
  return results.map(result => {
    if (result.kind !== 'events') return result;
    if (result.events.some(({ id, data }) => (seen.get(id) ?? data) !== data)) return conflict;
    for (const { id, data } of result.events) seen.set(id, data);
    return result;
  });
}

const conflict = faulty(
  fault('DUPLICATE_CONFLICT', {}, 'another change of the same row stands at the same place in the log'),
);

/** Looks only at groups in which an id comes twice: most batches have none. */
function repeatsIn(events: readonly FeedEvent[]): ReadonlySet<FeedEvent> {
  const repeated = groupsWithRepeats(events);
  const repeats = new Set<FeedEvent>();
  if (repeated.size === 0) return repeats;
  const last = new Map<string, string>();
  for (const event of events.filter(({ group }) => repeated.has(group)).toSorted(bySequence)) {
    if (last.get(event.group) === event.id) repeats.add(event);
    last.set(event.group, event.id);
  }
  return repeats;
}

function groupsWithRepeats(events: readonly FeedEvent[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const groups = new Set<string>();
  for (const { id, group } of events) {
    if (ids.has(id)) groups.add(group);
    ids.add(id);
  }
  return groups;
}

/** Events of one sequence stay in the order of the batch. */
const bySequence = (one: FeedEvent, other: FeedEvent): number =>
  one.sequence < other.sequence ? -1 : Number(one.sequence > other.sequence);
