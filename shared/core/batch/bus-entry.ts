/** One entry for the bus; `detail` is already JSON. */
export interface BusEntry {
  /** The CloudEvents `id` in `detail`. */
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
}

/** `throttled`: try again. `unknown`: no answer, the same id may be on the bus. `denied`: our rights. `refused`: never will be taken. */
export type BusAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'throttled' | 'unknown' | 'denied' | 'refused'; readonly reason: string };
