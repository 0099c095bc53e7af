import type { Fault } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';

import type { ItemIdentity } from './item.ts';

/** What a genuine delivery is, by its contract. */
export type Decision =
  | { readonly kind: 'events'; readonly events: readonly DecidedEvent[] }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly fault: Fault };

export interface DecidedEvent {
  readonly entry: BusEntry;
  /** Of an event that an item of its own makes. */
  readonly item: ItemIdentity | undefined;
}

export const faulty = (fault: Fault): Decision => ({ kind: 'faulty', fault });
