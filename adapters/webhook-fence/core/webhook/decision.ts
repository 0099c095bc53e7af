import type { Fault } from '#shared/contract/fault.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';

/** What a genuine delivery is, by its contract. */
export type Decision =
  | { readonly kind: 'events'; readonly entries: readonly BusEntry[] }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly fault: Fault };

export const faulty = (fault: Fault): Decision => ({ kind: 'faulty', fault });
