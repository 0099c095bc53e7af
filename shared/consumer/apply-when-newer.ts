import { aggregateKey, type SequencedEvent } from './sequenced-event.ts';
import type { VersionStore } from './version-store.ts';

/**
 * Applies an event unless the same or a newer one of its aggregate was applied before, so that any order and repetition of a
 * history ends in the same state. `apply` gives the aggregate's whole state after the event, undefined when it is gone; it is
 * for events that carry the whole state, not only what changed (re-sequence those first), and may be called in vain.
 *
 * `part` names a state that is kept beside the aggregate's own, with a sequence of its own. Without it, a second state of one
 * event in the same store has the first one's key and sequence, and is never written.
 *
 * @example
 * await applyWhenNewer(store, event, ({ type, data }) => (type.endsWith('.deleted.v1') ? undefined : data));
 */
export async function applyWhenNewer<E extends SequencedEvent, S>(
  store: VersionStore<S>,
  event: E,
  apply: (event: E) => S | undefined | Promise<S | undefined>,
  part?: string,
): Promise<'applied' | 'not-newer'> {
  const state = await apply(event);
  const written = await store.writeIfNewer(aggregateKey(event, part), event.sequence, state);
  return written ? 'applied' : 'not-newer';
}
