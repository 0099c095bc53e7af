import type { Fault } from './contract/fault.ts';
import type { BusAnswer, BusEntry } from './core/batch/bus-entry.ts';
import type {
  BucketRole,
  Chunk,
  ChunkPlan,
  Handoff,
  Inspection,
  ObjectRef,
  Pass,
  Progress,
  SettledState,
} from './core/outcome/handoff.ts';
import type { Tally } from './core/outcome/tally.ts';
import type { Remembered } from './core/webhook/remembered.ts';

export type { BusAnswer, BusEntry } from './core/batch/bus-entry.ts';

/**
 * What a flow needs of the world. Implemented on AWS (`shared/aws`) and in memory (`shared/memory`); one test suite
 * holds both to what is written here.
 */

/** The object, or the version asked for, is not there (any more). */
export class ObjectGone extends Error {
  override readonly name = 'ObjectGone';
}

/** We may not do what we must: role, policy or key. Stops the work at its checkpoint; never blamed on the input. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

export interface ObjectInfo {
  readonly bytes: number;
  readonly etag: string;
  readonly versionId?: string | undefined;
}

export interface Files {
  /** Undefined when there is no such object or version. */
  head(object: ObjectRef): Promise<ObjectInfo | undefined>;
  /**
   * The bytes, in pieces, of exactly the version or etag named; `range` has an exclusive end, and what lies past the
   * end of the object is left out. Nothing is asked before the first piece is; every failure comes while iterating.
   * @throws ObjectGone when it is no longer there or was replaced.
   */
  read(
    object: ObjectRef,
    range?: { readonly start: number; readonly end: number },
  ): AsyncIterable<Uint8Array>;
  /** Writes whole or not at all; memory is bounded whatever the length. */
  write(
    bucket: BucketRole,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<ObjectRef>;
  /** `s3://bucket/key?versionId=…`: how people and events name the object. */
  uri(object: ObjectRef): string;
}

/**
 * A lease names who works and until when (epoch milliseconds); whoever else comes finds `busy` until then. Its own owner
 * gets it again, so that a repeated call is answered as the first; an owner is therefore one invocation, never a function.
 */
export interface Lease {
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}

export type Leased<T> =
  | { readonly kind: 'leased'; readonly value: T }
  | { readonly kind: 'busy'; readonly until: number };

export interface Ledger {
  /** Creates the hand-off or takes over one whose lease has ended; `settled` when there is nothing left to do. */
  open(
    handoff: Pick<Handoff, 'id' | 'integration' | 'object' | 'causationId' | 'receivedAt' | 'period'>,
    lease: Lease,
  ): Promise<Leased<Handoff> | { readonly kind: 'settled'; readonly value: Handoff }>;
  /** Undefined when unknown. Consistent read. */
  find(handoffId: string): Promise<Handoff | undefined>;
  /** Ends the lease early, so that the next receive may go on. */
  release(handoffId: string, owner: string): Promise<void>;
  /** Keeps what stopped the work, for operators, until the hand-off is settled. Anyone who works on it may say so. */
  note(handoffId: string, fault: Fault): Promise<void>;
  /** Keeps what inspection found and the chunks of the first pass; state becomes `processing`. Repeatable. False when `owner` lost its lease. */
  begin(
    handoffId: string,
    owner: string,
    inspection: Inspection,
    identity: string,
    pass: Pass,
  ): Promise<boolean>;
  /** After the check pass: moves on to publishing, once. Repeatable. */
  beginPublishing(handoffId: string, chunks: readonly ChunkPlan[]): Promise<void>;

  /** `mine` when new or already ours; else the hand-off that holds it. */
  claimFile(
    integration: string,
    identity: string,
    handoffId: string,
    expiresAt: number,
  ): Promise<'mine' | { readonly duplicateOf: string }>;
  releaseFile(integration: string, identity: string, handoffId: string): Promise<void>;

  /** `done` when nothing is left of this chunk in this pass. The fence grows with every lease. */
  leaseChunk(
    handoffId: string,
    pass: Pass,
    n: number,
    lease: Lease,
  ): Promise<Leased<Chunk> | { readonly kind: 'done' }>;
  /** Ends a chunk's lease early so that the next hop may go on at once. */
  releaseChunk(handoffId: string, pass: Pass, n: number, fence: number): Promise<void>;
  /** One write, conditional on fence and on the byte where this step began; false when another has taken over. */
  checkpoint(
    handoffId: string,
    pass: Pass,
    n: number,
    step: { readonly fence: number; readonly fromByte: number; readonly progress: Progress },
  ): Promise<boolean>;
  /** All chunks of one pass. Consistent read. */
  chunks(handoffId: string, pass: Pass): Promise<readonly Chunk[]>;
  /** Whether the record's own hand-off has published past it. */
  hasPublished(handoffId: string, record: number): Promise<boolean>;

  /** Takes the right to settle; `settledAt` is set by the first. */
  beginSettling(
    handoffId: string,
    lease: Lease,
    settledAt: string,
  ): Promise<Leased<Handoff> | { readonly kind: 'settled'; readonly value: Handoff }>;
  /** Final and conditional on the settling lease; false when another took over. */
  settle(handoffId: string, owner: string, end: Settlement): Promise<boolean>;
}

export interface Settlement {
  readonly state: SettledState;
  readonly received: number;
  readonly tally: Tally;
  readonly fault?: Fault | undefined;
  readonly duplicateOf?: string | undefined;
  /** Epoch seconds after which the ledger may forget the hand-off. */
  readonly expiresAt: number;
}

/** Row claims, for lanes with `duplicates: 'row'`. */
export interface RowClaims {
  /** `mine` when new or already this owner's; else who holds it, with the hash of its payload. */
  claim(claim: RowClaim): Promise<'mine' | { readonly owner: string; readonly payloadHash: string }>;
  release(key: string, owner: string): Promise<void>;
}

export interface RowClaim {
  readonly key: string;
  readonly payloadHash: string;
  /** `<hand-off>#<record>` */
  readonly owner: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface Bus {
  /** One call, no retry, one answer an entry in order. Never throws for what the bus answers. */
  put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]>;
}

export interface Queue {
  /** Sends each body as JSON, in as few calls as the queue allows. */
  send(bodies: readonly object[]): Promise<void>;
  /** Makes a received message visible again after so many seconds (0 to 43,200). */
  defer(receiptHandle: string, seconds: number): Promise<void>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** 0 inclusive to 1 exclusive; for jitter and lease owners only, never for ids of events. */
  random(): number;
}

/** Structured lines. Fields never hold payloads or personal data. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** All that the file lane flow uses. */
export interface FileLanePorts {
  readonly files: Files;
  readonly ledger: Ledger;
  readonly rowClaims: RowClaims;
  readonly bus: Bus;
  /** The lane's own queue: chunk messages. */
  readonly laneQueue: Queue;
  /** Where quarantined rows are announced. */
  readonly rowsQueue: Queue;
  readonly clock: Clock;
  readonly log: Log;
}

/** Webhook fences. */

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

/** The text of one secret. */
export interface SecretText {
  readonly text: string;
  /** Changes whenever the text does. */
  readonly version: string;
  /** Epoch milliseconds: when this version was written. */
  readonly changedAt: number;
}

export interface Secrets {
  /** The fence's own secret as it is now. @throws AccessDenied; Error when it is not there or cannot be read. */
  read(): Promise<SecretText>;
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

/** CDC feeds. */

/** What was announced before, so that it is announced once. Keys begin with `<integration>#`. */
export interface Announced {
  has(key: string): Promise<boolean>;
  /** Repeatable. */
  add(key: string): Promise<void>;
}

/** All that the CDC feed flow uses. */
export interface CdcFeedPorts {
  readonly files: Pick<Files, 'write' | 'uri'>;
  readonly announced: Announced;
  readonly bus: Bus;
  /** Where quarantined changes are announced. */
  readonly changesQueue: Pick<Queue, 'send'>;
  readonly clock: Clock;
  readonly log: Log;
}
