import type { BusEvent } from '../events/event.ts';

/** The events of an entry, each as if it had an entry of its own: many can share one, with `eventcount` and `events`. */
export function eventsOf(entry: BusEvent): readonly BusEvent[] {
  const { eventcount, events, ...shared } = entry.detail as Partial<Batch>;
  if (typeof eventcount !== 'number' || !Array.isArray(events)) return [entry];
  return (events as readonly object[]).map(own => ({ ...entry, detail: { ...shared, ...own } }));
}

interface Batch {
  readonly eventcount: number;
  readonly events: readonly object[];
}
