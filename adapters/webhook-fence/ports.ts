import type { Bus, Clock, Files, Log, Queue, RowClaims, Secrets } from '#shared/ports.ts';
import type { Remembered } from './core/webhook/remembered.ts';

export interface OnceClaim {
  /** Names the work: begins with `<integration>.`. */
  readonly name: string;
  /** A repeat with another hash is a conflict. */
  readonly payloadHash: string;
  /** Time left to the worker. A claim without a result is free again when this time is over. */
  readonly remainingMilliseconds: () => number;
}

export type OnceEnd =
  /** The work was done now, and its result is remembered. */
  | { readonly kind: 'first'; readonly value: Remembered }
  /** Known with the same payload hash; the work was not done. */
  | { readonly kind: 'repeat'; readonly value: Remembered }
  /**
   * Known with another payload hash; the work was not done. `value` comes from the same read as the hash that differs;
   * undefined while the first worker is not finished.
   */
  | { readonly kind: 'conflict'; readonly value: Remembered | undefined }
  /** Another worker does it; the work was not done. */
  | { readonly kind: 'busy' };

export type AgainEnd = Extract<OnceEnd, { readonly kind: 'first' | 'busy' }>;

/** What is stored under a name. */
export interface OnceFound {
  /** The remembered result; undefined if there is none, or none yet. */
  readonly value: Remembered | undefined;
  /** A worker does it now, for the first time or again. If that worker died: until its time is over. */
  readonly isAtWork: boolean;
}

export interface Once {
  /** Does the work unless it was done before under this name. Work that throws leaves nothing behind. A process that dies leaves nothing behind once its time is over. */
  run(claim: OnceClaim, work: () => Promise<Remembered>): Promise<OnceEnd>;
  /**
   * Does the work again for a name that is remembered as `known`, with any payload, and remembers the new result and payload
   * instead. Until then, and if the work throws or dies, `known` stays remembered. Busy: another worker does it, `known` is no
   * longer remembered, or another worker took over because the time of this one was over. Its result is then the one remembered.
   */
  again(claim: OnceClaim, known: Remembered, work: () => Promise<Remembered>): Promise<AgainEnd>;
  /** Consistent read. */
  find(name: string): Promise<OnceFound>;
}

export interface Quota {
  /** Counts one request in the window of `now` (epoch milliseconds), unless the window has `max` already. */
  take(window: {
    readonly name: string;
    readonly seconds: number;
    readonly max: number;
    readonly now: number;
  }): Promise<{ readonly kind: 'taken' } | { readonly kind: 'exhausted'; readonly endsAt: number }>;
}

export interface SlotRequest {
  /** Size of the reject. */
  readonly bytes: number;
  readonly countMax: number;
  readonly bytesMax: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Numbered places for rejected requests, limited in each hour. */
export interface RejectSlots {
  /** The next number of the hour, starting at 1; `full` when the count or the bytes of the hour are used up. */
  take(integration: string, hour: string, slot: SlotRequest): Promise<number | 'full'>;
  /** How many numbers of the hour are in use. Consistent read. */
  taken(integration: string, hour: string): Promise<number>;
}

export interface WebRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; with it the request is a POST. */
  readonly body?: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly text: string;
}

/** The outside, for what a provider publishes. Only addresses that a contract pins are given to it. */
export interface Web {
  /** Follows no redirect; bounded in time and size. @throws Error when there is no answer within the bounds. */
  ask(request: WebRequest): Promise<WebAnswer>;
}

/** Everything that the flow of a webhook fence uses. */
export interface WebhookFencePorts {
  readonly files: Files;
  readonly once: Once;
  /** Each id that the signature does not cover, with the content that came with it first. */
  readonly idClaims: RowClaims;
  readonly secrets: Secrets;
  readonly quota: Quota;
  readonly rejectSlots: RejectSlots;
  readonly bus: Bus;
  /** Pointers to archived deliveries that the bus did not accept. */
  readonly spillQueue: Queue;
  /** The provider’s published keys and certificates, and the confirmation of subscriptions. */
  readonly web: Web;
  readonly clock: Clock;
  readonly log: Log;
}
