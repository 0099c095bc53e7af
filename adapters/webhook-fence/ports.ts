import type { Bus, Clock, Files, Log, Queue, RowClaims, Secrets } from '#shared/ports.ts';
import type { Remembered } from './core/webhook/remembered.ts';

export interface OnceClaim {
  /** What the work is known by: begins with `<integration>.`. */
  readonly name: string;
  /** A repeat with another hash is a conflict. */
  readonly payloadHash: string;
  /** Time left to whoever works: a claim without a result is free again when it is over. */
  readonly remainingMilliseconds: () => number;
}

export type OnceEnd =
  /** The work was done now, and what it gave is remembered. */
  | { readonly kind: 'first'; readonly value: Remembered }
  | { readonly kind: 'repeat'; readonly value: Remembered }
  /** Known with another payload hash; the work was not done. */
  | { readonly kind: 'conflict' }
  /** Someone else is at it; the work was not done. */
  | { readonly kind: 'busy' };

export type AgainEnd = Extract<OnceEnd, { readonly kind: 'first' | 'busy' }>;

/** What stands under a name. */
export interface OnceFound {
  /** What is remembered; undefined where nothing is, or not yet. */
  readonly value: Remembered | undefined;
  /** Someone does it now, for the first time or anew. Of one that died: until its time is over. */
  readonly isAtWork: boolean;
}

export interface Once {
  /** Does the work unless it was done before under this name. Work that throws is as if never begun, and so is a process that dies, once its time is over. */
  run(claim: OnceClaim, work: () => Promise<Remembered>): Promise<OnceEnd>;
  /**
   * Does anew what is remembered as `known`, whatever its payload was, and remembers the new result and payload instead. Until
   * then, and when the work throws or dies, what was remembered stands. Busy: someone else is at it, or `known` is remembered no more.
   */
  again(claim: OnceClaim, known: Remembered, work: () => Promise<Remembered>): Promise<AgainEnd>;
  /** Consistent read. */
  find(name: string): Promise<OnceFound>;
}

export interface Quota {
  /** Counts one request in the window that `now` (epoch milliseconds) lies in, unless it holds `max` already. */
  take(window: {
    readonly name: string;
    readonly seconds: number;
    readonly max: number;
    readonly now: number;
  }): Promise<{ readonly kind: 'taken' } | { readonly kind: 'exhausted'; readonly endsAt: number }>;
}

/** Numbered places for rejected requests, bounded in each hour. */
export interface RejectSlots {
  /** The next number of the hour from 1, or `full` when its count or bytes are used up. */
  take(
    integration: string,
    hour: string,
    bytes: number,
    bounds: { readonly countMax: number; readonly bytesMax: number; readonly expiresAt: number },
  ): Promise<number | 'full'>;
  /** How many numbers of the hour are taken. Consistent read. */
  taken(integration: string, hour: string): Promise<number>;
}

/** All that the webhook fence flow uses. */
export interface WebhookFencePorts {
  readonly files: Files;
  readonly once: Once;
  /** Ids that the signature does not cover, held to the content that they came with. */
  readonly idClaims: RowClaims;
  readonly secrets: Secrets;
  readonly quota: Quota;
  readonly rejectSlots: RejectSlots;
  readonly bus: Bus;
  /** Pointers to archived deliveries that the bus did not take. */
  readonly spillQueue: Queue;
  readonly clock: Clock;
  readonly log: Log;
}
