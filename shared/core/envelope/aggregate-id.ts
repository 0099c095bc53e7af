import type { EventContract } from '../../contract/define-event.ts';

/** The aggregate's id: the properties that the event names, joined by `/`. */
export function aggregateIdOf(event: EventContract, data: Readonly<Record<string, unknown>>): string {
  const first = event.aggregateId[0]!;
  if (event.aggregateId.length === 1) return String(data[first]);
  return event.aggregateId.map(property => String(data[property])).join('/');
}
