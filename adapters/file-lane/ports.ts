import type { Fault } from '#shared/contract/fault.ts';
import type { Tally } from '#shared/core/outcome/tally.ts';
import type { Bus, Clock, DeadLetters, Files, InputSwitch, Log, Queue, RowClaims } from '#shared/ports.ts';
import type {
  Awaited,
  Begun,
  Chunk,
  ChunkPlan,
  Handoff,
  HandoffFacts,
  Inspection,
  KeptEnding,
  Pass,
  Progress,
  Reconciliation,
  ReportProgress,
  SettledHandoff,
  SettledState,
  SettlingHandoff,
  UnsettledHandoff,
} from './core/outcome/handoff.ts';
import type { HandoffPage, HandoffQuery } from './core/outcome/handoff-query.ts';

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

/** Which chunk of which pass. */
export interface ChunkRef {
  readonly handoffId: string;
  readonly pass: Pass;
  readonly n: number;
}

/** A file by its content. */
export interface FileRef {
  readonly integration: string;
  readonly identity: string;
}

/** Nothing is left to do. */
export interface Settled {
  readonly kind: 'settled';
  readonly value: SettledHandoff;
}

/** What is known of a delivery when its hand-off is opened. */
export type NewDelivery = Pick<
  HandoffFacts,
  | 'id'
  | 'integration'
  | 'object'
  | 'causationId'
  | 'receivedAt'
  | 'sequencer'
  | 'period'
  | 'notified'
  | 'reprocesses'
>;

/** What an object waits for, and when it is looked for again (ISO 8601 UTC). */
export interface Wait {
  readonly awaiting: Awaited;
  readonly nextRetryAt: string;
}

/** When the work is tried again, or since when nothing tries it again. ISO 8601 UTC. */
export type Retry = { readonly nextRetryAt: string } | { readonly stoppedAt: string };

export interface Ledger {
  /** Keeps that an object waits for another, so that lists show it. Nothing when the hand-off was opened. Repeatable. */
  await(delivery: NewDelivery, wait: Wait): Promise<void>;
  /** Forgets that it waited. Nothing when the hand-off was opened, or never waited. */
  endAwaiting(handoffId: string): Promise<void>;
  /** Creates the hand-off or takes over one whose lease has ended; `settled` when there is nothing left to do. */
  open(delivery: NewDelivery, lease: Lease): Promise<Leased<UnsettledHandoff> | Settled>;
  /** Undefined when unknown. Consistent read. */
  find(handoffId: string): Promise<Handoff | undefined>;
  /** Keeps on a settled hand-off that another reprocesses its rows or its file. Repeatable. */
  recordReprocessed(handoffId: string, by: string): Promise<void>;
  /** Moves the end of a lease that its owner holds. Nothing when the owner lost it. */
  extend(handoffId: string, lease: Lease): Promise<void>;
  /** Ends the lease early, so that the next receive may go on. */
  release(handoffId: string, owner: string): Promise<void>;
  /** Keeps what stopped the work, for operators, until the hand-off is settled. Needs no lease. */
  recordFault(handoffId: string, fault: Fault): Promise<void>;
  /** Keeps when the work is tried again, until it is. Nothing for a settled hand-off. Needs no lease. */
  recordRetry(handoffId: string, retry: Retry): Promise<void>;
  /** Keeps what inspection found and the chunks of the first pass; state becomes `processing`. Repeatable. False when `owner` lost its lease. */
  begin(handoffId: string, owner: string, begun: Begun): Promise<boolean>;
  /** After the check pass: moves on to publishing, once. Repeatable. */
  beginPublishing(handoffId: string, chunks: readonly ChunkPlan[]): Promise<void>;

  /** `mine` when new or already ours; else the hand-off that holds it. */
  claimFile(
    file: FileRef,
    handoffId: string,
    expiresAt: number,
  ): Promise<'mine' | { readonly duplicateOf: string }>;
  releaseFile(file: FileRef, handoffId: string): Promise<void>;

  /** `done` when nothing is left of this chunk in this pass. The fencing token grows with every lease. */
  leaseChunk(chunk: ChunkRef, lease: Lease): Promise<Leased<Chunk> | { readonly kind: 'done' }>;
  /** Moves the end of a chunk's lease (epoch milliseconds). Nothing when another has taken over. */
  extendChunk(
    chunk: ChunkRef,
    lease: { readonly fencingToken: number; readonly until: number },
  ): Promise<void>;
  /** Ends a chunk's lease early so that the next hop may go on at once. */
  releaseChunk(chunk: ChunkRef, fencingToken: number): Promise<void>;
  /** One write, conditional on the fencing token and on the byte where this step began; false when another has taken over. */
  checkpoint(
    chunk: ChunkRef,
    step: { readonly fencingToken: number; readonly fromByte: number; readonly progress: Progress },
  ): Promise<boolean>;
  /** All chunks of one pass. Consistent read. */
  chunks(handoffId: string, pass: Pass): Promise<readonly Chunk[]>;
  /** Whether the record's own hand-off has published past it. */
  hasPublished(handoffId: string, record: number): Promise<boolean>;

  /** Takes the right to settle; time, ending and inspection are kept from the first. */
  beginSettling(
    handoffId: string,
    lease: Lease,
    settling: SettlingStart,
  ): Promise<Leased<SettlingHandoff> | Settled>;
  /** Keeps how far the report has come; false when `owner` lost the right to settle. Repeatable. */
  checkpointReport(handoffId: string, owner: string, report: ReportProgress): Promise<boolean>;
  /** Final and conditional on the settling lease; false when another took over. */
  settle(handoffId: string, owner: string, end: Settlement): Promise<boolean>;
}

/** For the reconciler. */
export interface ReconciledLedger {
  /** The hand-off that has claimed a file's content. Consistent read. */
  claimant(file: FileRef): Promise<string | undefined>;
  /** Claims the content for a file that published it, unless another has it. */
  claimAgain(file: FileRef, handoffId: string, expiresAt: number): Promise<void>;
  /** Gives the content free, if the hand-off still has it. */
  freeClaim(file: FileRef, handoffId: string): Promise<void>;
  /** Epoch milliseconds until which someone works on the hand-off or one of its chunks; in the past when no one does. */
  leasedUntil(handoffId: string): Promise<number>;
  /** Keeps that the work was asked for again. */
  recordResume(handoffId: string, at: string): Promise<void>;
  /** Keeps that the file came after its time: `due`, ISO 8601 UTC. */
  recordLate(handoffId: string, due: string): Promise<void>;
  /**
   * Keeps what was found (`at`: ISO 8601 UTC). One that is settled leaves the list of those to be compared, unless `again`.
   * Nothing when its state is no longer the one that was seen.
   */
  recordReconciliation(handoff: Pick<Handoff, 'id' | 'state'>, found: FoundReconciliation): Promise<void>;
}

export interface FoundReconciliation extends Reconciliation {
  readonly at: string;
  readonly again: boolean;
}

/** For operators. */
export interface HandoffSearch {
  /** A page of hand-offs: the newest first, or by key. What was written a moment ago may be missing. */
  list(query: HandoffQuery): Promise<HandoffPage>;
}

/** What is known when settling begins. */
export interface SettlingStart {
  /** ISO 8601 UTC. */
  readonly settledAt: string;
  readonly ending: KeptEnding;
  readonly inspection?: Inspection | undefined;
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

/** All that the file lane flow uses. */
export interface FileLanePorts {
  readonly files: Files;
  readonly ledger: Ledger;
  readonly rowClaims: RowClaims;
  readonly bus: Bus;
  /** The lane's own queue: chunk messages. */
  readonly laneQueue: Queue;
  /** Messages of the lane's own queue that are not tried again. */
  readonly deadLetters: DeadLetters;
  /** Where quarantined rows are announced. */
  readonly rowsQueue: Queue;
  readonly input: InputSwitch;
  readonly clock: Clock;
  readonly log: Log;
}
