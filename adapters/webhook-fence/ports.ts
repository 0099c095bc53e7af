import type {
  Bus,
  Clock,
  DeadLetters,
  Files,
  InputSwitch,
  KeyClaims,
  Log,
  Queue,
  Secrets,
} from '#shared/ports.ts';
import type { RejectShelf } from './core/webhook/reject-shelf.ts';
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
  | { readonly kind: 'busy' }
  /**
   * A worker with another payload died or failed, and may have published. Only its payload can take the name over; the work was not
   * done.
   */
  | { readonly kind: 'held' };

export type AgainEnd = Extract<OnceEnd, { readonly kind: 'first' | 'busy' | 'held' }>;

/** Calls `hold` before it publishes: from then on the name is held by its payload, even if the work fails. */
export type OnceWork = (hold: () => void) => Promise<Remembered>;

/** What is stored under a name. */
export interface OnceFound {
  /** The remembered result; undefined if there is none, or none yet. */
  readonly value: Remembered | undefined;
  /** A worker does it now, for the first time or again. If that worker died: until its time is over. */
  readonly isAtWork: boolean;
  /** A worker died or failed, and may have published; nothing says how it would have ended. */
  readonly mayBePublished: boolean;
}

export interface ComparedOnce extends OnceFound {
  readonly isSame: boolean;
}

export interface Once {
  /**
   * Does the work unless it was done before under this name. Work that throws leaves nothing behind, unless it called `hold`. Then, or
   * when the process died or could not remember, the name stays held by the payload, and a worker with the same payload takes
   * it over: at once after a throw, otherwise when the time is over. The name is held then from the start, whatever becomes of its work.
   */
  run(claim: OnceClaim, work: OnceWork): Promise<OnceEnd>;
  /**
   * Does the work again for a name that is remembered as `known`, with any payload, and remembers the new result and payload
   * instead. Until then, and if the work throws or dies, `known` stays remembered. Busy: another worker does it, `known` is no
   * longer remembered, or another worker took over because the time of this one was over. Its result is then the one remembered.
   * Held: as for `run`.
   */
  again(claim: OnceClaim, known: Remembered, work: OnceWork): Promise<AgainEnd>;
  /** Consistent read. */
  find(name: string): Promise<OnceFound>;
  /** The same, and whether it is of this payload. */
  compare(claim: Pick<OnceClaim, 'name' | 'payloadHash'>): Promise<ComparedOnce>;
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
  readonly shelf: RejectShelf;
  /** Size of the reject. */
  readonly bytes: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Numbered places for rejected requests on shelves, which are limited in each hour. */
export interface RejectSlots {
  /** The next number of the hour on the shelf, starting at 1; `full` when its count or bytes are used up. */
  take(integration: string, hour: string, slot: SlotRequest): Promise<number | 'full'>;
  /** How many numbers of the hour are in use, by the names of the shelves. Consistent read. */
  taken(integration: string, hour: string): Promise<Readonly<Record<string, number>>>;
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
  readonly files: Pick<Files, 'head' | 'read' | 'write' | 'uri'>;
  readonly once: Once;
  /** Each id that the signature does not cover, and each item of a batch, with the content that came with it first. */
  readonly idClaims: KeyClaims;
  readonly secrets: Secrets;
  readonly quota: Quota;
  readonly rejectSlots: RejectSlots;
  readonly bus: Bus;
  /** Pointers to archived deliveries that the bus did not accept. */
  readonly spillQueue: Queue;
  /** Messages of the spill queue that are not tried again. */
  readonly deadLetters: DeadLetters;
  /** The provider’s published keys and certificates, and the confirmation of subscriptions. */
  readonly web: Web;
  readonly input: InputSwitch;
  readonly clock: Clock;
  readonly log: Log;
}
