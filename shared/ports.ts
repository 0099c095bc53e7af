import type { FaultCode } from './contract/fault.ts';
import type { BusAnswer, BusEntry } from './core/batch/bus-entry.ts';
import { EdgeError } from './core/log/edge-error.ts';
import type { BucketRole, ObjectRef } from './core/outcome/object-ref.ts';

export type { BusAnswer, BusEntry } from './core/batch/bus-entry.ts';

/**
 * What a flow needs of the world. Implemented on AWS (`shared/aws`) and in memory (`shared/memory`); one test suite
 * holds both to what is written here.
 */

/** The object, or the version asked for, is not there (any more). */
export class ObjectGone extends EdgeError {
  override readonly name = 'ObjectGone';
}

/** We may not do what we must: role, policy or key. Stops the work at its checkpoint; never blamed on the input. */
export class AccessDenied extends EdgeError {
  override readonly name = 'AccessDenied';
}

export interface ObjectInfo {
  readonly bytes: number;
  readonly etag: string;
  readonly versionId?: string | undefined;
  /** What was written beside it, by lower-case names. */
  readonly metadata: Metadata;
}

/** ASCII text by lower-case names. */
export type Metadata = Readonly<Record<string, string>>;

export type ObjectName = Pick<ObjectRef, 'bucket' | 'key'>;

/** An object as it was seen. */
export interface EtaggedObject {
  readonly bucket: BucketRole;
  readonly key: string;
  readonly etag: string;
}

/** Where and how an object is written on a condition. */
export interface Replacement {
  readonly bucket: BucketRole;
  readonly key: string;
  readonly contentType: string;
  readonly metadata: Metadata;
  /** Of the object that may be replaced; undefined: none may be there. */
  readonly etag: string | undefined;
}

/** Where and how objects are joined. Without `only`, whatever is there is replaced. */
export interface JoinTarget extends Omit<Replacement, 'metadata' | 'etag'> {
  readonly metadata?: Metadata;
  /** The condition of `replace`. */
  readonly only?: Pick<Replacement, 'etag'>;
}

export interface Files {
  /** Undefined when there is no such object or version. */
  head(object: ObjectRef): Promise<ObjectInfo | undefined>;
  /**
   * The bytes, in pieces, of exactly the version or etag named; `range` has an exclusive end, and bytes past the
   * end of the object are left out. Nothing is asked before the first piece is; every failure comes while iterating.
   * @throws ObjectGone when it is no longer there or was replaced.
   */
  read(
    object: ObjectRef,
    range?: { readonly start: number; readonly end: number },
  ): AsyncIterable<Uint8Array>;
  /** Writes the complete object or nothing. Memory is bounded for any length. */
  write(
    bucket: BucketRole,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<ObjectRef>;
  /**
   * As `write`, and only when the newest object at the key still has the etag: `changed` when not, or when others write it at
   * the same time. A repeated call whose first answer was lost is answered `changed`.
   */
  replace(target: Replacement, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<ObjectRef | 'changed'>;
  /**
   * Makes one object of the newest ones of these names, in order, without reading them. All but the last have at least
   * `limits.joinedBytesMin`. Answers as `replace`.
   * @throws ObjectGone when one is not there.
   */
  join(target: JoinTarget, sources: readonly ObjectName[]): Promise<ObjectRef | 'changed'>;
  /** Deletes the newest object at the key when it still has the etag; `changed` when not. */
  remove(object: EtaggedObject): Promise<'removed' | 'changed'>;
  /** `s3://bucket/key?versionId=…`: how people and events name the object. */
  uri(object: ObjectRef): string;
}

/** Claims of keys, each by one owner. */
export interface KeyClaims {
  /** `mine` when new, already this owner's, or taken over; else who holds it. */
  claim(claim: RowClaim): Promise<'mine' | RowHolder>;
  release(key: string, owner: string): Promise<void>;
  /** The owner of a claim. Consistent read. */
  holder(key: string): Promise<string | undefined>;
}

/** Row claims, for lanes with `duplicates: 'row'`. */
export interface RowClaims extends KeyClaims {
  /**
   * Takes those whose key nobody has, in few calls; their keys differ. One answer each, in order. False says only that it was not
   * taken here: `claim` says why.
   */
  claimNew(claims: readonly RowClaim[]): Promise<readonly boolean[]>;
}

export interface RowClaim {
  readonly key: string;
  readonly payloadHash: string;
  /** `<hand-off>#<record>` */
  readonly owner: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /**
   * Where the row stands among those of its key, as text that compares in order. With it, a later row takes the claim over,
   * unless its payload is the same.
   */
  readonly order?: string | undefined;
  /** An owner that will never publish its row: the claim is taken from it. */
  readonly insteadOf?: string | undefined;
}

/** The claim that stands. */
export type RowHolder = Pick<RowClaim, 'owner' | 'payloadHash' | 'order'>;

export interface Bus {
  /** No retry, one answer an entry in order. One call, or a few when it is refused as a whole. Never throws for what the bus answers. */
  put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]>;
}

export interface Queue {
  /** Sends each body as JSON, in as few calls as the queue allows. None is received before `delaySeconds` (0 to 900, default 0) are over. */
  send(bodies: readonly object[], delaySeconds?: number): Promise<void>;
  /** Makes a received message visible again after so many seconds (0 to 43,200). */
  defer(receiptHandle: string, seconds: number): Promise<void>;
}

/** A message that is not tried again, and why. */
export interface DeadLetter {
  /** As it was received. */
  readonly body: string;
  readonly integration: string;
  /** What stopped it last. */
  readonly reason: FaultCode;
  readonly receives: number;
  /** Of the hand-off or delivery that it is about, where that is known. */
  readonly correlationId?: string | undefined;
}

export interface DeadLetters {
  /** Keeps the message in the dead-letter queue, with the rest as attributes that people and scripts can read. */
  keep(letter: DeadLetter): Promise<void>;
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

/** The text of one secret. */
export interface SecretText {
  readonly text: string;
  /** Changes whenever the text does. */
  readonly version: string;
  /** Epoch milliseconds: when this version was written. */
  readonly changedAt: number;
  /** Nobody has written it since it was created: it is what was generated then. */
  readonly isGenerated: boolean;
}

/** Whether plans of operators let integrations take their input. */
export interface InputSwitch {
  /** Consistent read. */
  isDisabled(integration: string): Promise<boolean>;
}

export interface Secrets {
  /** The fence's own secret as it is now. @throws AccessDenied; Error when it is not there or cannot be read. */
  read(): Promise<SecretText>;
}

/** One invocation of a function. */
export interface Invocation {
  /** Unique; names the owner of the leases and claims it takes. */
  readonly id: string;
  readonly remainingMilliseconds: () => number;
}
