/** One entry for the bus; `detail` is already JSON. */
export interface BusEntry {
  /** The CloudEvents `id` in `detail`; of many events in one entry, the first. */
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
}

/** An event that goes to the bus with others like it, in one entry. */
export interface BatchedEvent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** Attributes in common with others, as members of a JSON object: all events with the same text fit in one entry. */
  readonly shared: string;
  /** Its own attributes and its data, as a JSON object. */
  readonly own: string;
}

/** An event on its way to the bus. */
export type BusEvent = BusEntry | BatchedEvent;

export const isBatched = (event: BusEvent): event is BatchedEvent => 'own' in event;

/** `throttled`: try again. `unknown`: no answer, the same id may be on the bus. `denied`: our rights. `refused`: never will be taken. */
export type BusAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'throttled' | 'unknown' | 'denied' | 'refused'; readonly reason: string };
