import type { Fault } from '#shared/contract/fault.ts';
import type { Change } from '../change/change.ts';
import type { FeedEvent } from './feed-event.ts';
import type { RecordOrigin } from './record-origin.ts';

/** What becomes of one change. */
export type ChangeEvents =
  | { readonly kind: 'events'; readonly events: readonly FeedEvent[] }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

export type EventsOf = (change: Change, origin: RecordOrigin) => ChangeEvents;

/** Those that a record made; none for one that ended otherwise. */
export const eventsOf = (made: ChangeEvents): readonly FeedEvent[] =>
  made.kind === 'events' ? made.events : [];

export const skipped = (reason: string): ChangeEvents => ({ kind: 'skipped', reason });

export const faulty = (...faults: readonly Fault[]): ChangeEvents => ({ kind: 'faulty', faults });
