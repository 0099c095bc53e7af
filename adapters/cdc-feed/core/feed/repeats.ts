import { fault } from '#shared/contract/fault.ts';
import { type ChangeEvents, faulty } from './change-result.ts';

/**
 * The records' results, less events that a record before them in the batch has made already: the stream carries it twice.
 * Another event under an id that was seen is no repeat, and is never dropped as one.
 */
export function withoutRepeats(results: readonly ChangeEvents[]): ChangeEvents[] {
  const seen = new Map<string, string>();
  return results.map(result => {
    if (result.kind !== 'events') return result;
    if (result.events.some(({ id, data }) => (seen.get(id) ?? data) !== data)) return conflict;
    const fresh = result.events.filter(({ id }) => !seen.has(id));
    for (const { id, data } of fresh) seen.set(id, data);
    return { kind: 'events', events: fresh };
  });
}

const conflict = faulty(
  fault('DUPLICATE_CONFLICT', {}, 'another change of the same row stands at the same place in the log'),
);
