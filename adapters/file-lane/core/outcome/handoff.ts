import type { Fault } from '#shared/contract/fault.ts';
import type { IdDigest } from '#shared/core/identity/id-digest.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Tally } from '#shared/core/outcome/tally.ts';
import type { Notes } from './notes.ts';
import type { Sequencer } from './sequencer.ts';

/** Where a hand-off is. The last five are final. */
export type HandoffState =
  | 'awaiting'
  | 'received'
  | 'processing'
  | 'settling'
  | 'complete'
  | 'partial'
  | 'rejected'
  | 'duplicate'
  | 'unbalanced';

export type SettledState = Extract<
  HandoffState,
  'complete' | 'partial' | 'rejected' | 'duplicate' | 'unbalanced'
>;

const settled: readonly HandoffState[] = ['complete', 'partial', 'rejected', 'duplicate', 'unbalanced'];

export const isSettled = (state: HandoffState): state is SettledState => settled.includes(state);

/** The first pass checks every row, the second publishes; lanes with `maxInvalidShare: 1` and no control totals only publish. */
export type Pass = 'check' | 'publish';

/** What one streaming pass over a file found out. */
export interface Inspection {
  /** Bytes and SHA-256 (hex) of the object as it was dropped. */
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 (hex) of the content's bytes, decompressed. */
  readonly contentSha256: string;
  /** SHA-256 (hex) of the records as fields, which tells whether a file is the same: line ends, BOM and spare quotes do not count. */
  readonly recordsSha256: string;
  /** Where clean UTF-8 is read from: the dropped object itself, or its staged copy. */
  readonly source: ObjectRef;
  /** Records received, as scanned. */
  readonly records: number;
  /** Lines that the dialect takes for comments; no records. */
  readonly commentLines: number;
  readonly chunks: readonly ChunkPlan[];
  /** The contract's columns when it was inspected. Older releases kept none. */
  readonly columns?: readonly string[] | undefined;
  /** For each of them, its position in the record, or -1. */
  readonly columnsAt: readonly number[];
  /** Fields of one record. */
  readonly width: number;
  /** Headers of the file that the contract does not name. */
  readonly ignoredColumns: readonly string[];
  /** Control totals that a trailer or manifest declares, by column. */
  readonly declaredTotals: Readonly<Record<string, string>>;
  /** Records that a trailer or manifest declares. */
  readonly declaredRecords?: number | undefined;
}

/** A part of the file, cut at record boundaries. Bytes from 0, end exclusive; records and lines from 1. */
export interface ChunkPlan {
  readonly n: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly firstRecord: number;
  readonly firstLine: number;
  readonly records: number;
}

/** How far one pass over one chunk has come. Advanced only together with its tally. */
export interface Progress {
  readonly nextByte: number;
  /** All records of the chunk before it have their outcome. Not after the last where the chunk ended early. */
  readonly nextRecord: number;
  readonly nextLine: number;
  readonly tally: Tally;
  /** Short names of the quarantine parts whose faults are counted in `tally`. */
  readonly quarantineParts: readonly string[];
  /** Exact sums of the control-total columns so far, as decimal strings. */
  readonly totals: Readonly<Record<string, string>>;
  /** None in chunks that an older release began. */
  readonly notes?: Notes | undefined;
  /** Ids of the events that the bus accepted. None in chunks that an older release began. */
  readonly published?: IdDigest | undefined;
  readonly done: boolean;
  /** Why the chunk ended before its last record; the records left are counted as `rejected`. */
  readonly fault?: Fault | undefined;
}

export interface Chunk extends ChunkPlan {
  readonly pass: Pass;
  /** Grows with every lease; a checkpoint with an older token is refused. */
  readonly fencingToken: number;
  readonly progress: Progress;
}

/** Whether the chunk that holds the record has a checkpoint after it. */
export function hasPassed(chunks: readonly Chunk[], record: number): boolean {
  const chunk = chunks.find(
    ({ firstRecord, records }) => firstRecord <= record && record < firstRecord + records,
  );
  return chunk !== undefined && chunk.progress.nextRecord > record;
}

/** What every hand-off says of its delivery. */
export interface HandoffFacts {
  readonly id: string;
  readonly integration: string;
  readonly object: ObjectRef;
  /** How often the work on it was begun or taken over. */
  readonly attempts: number;
  /** Id of the notification that opened it; becomes `causationid`. */
  readonly causationId: string;
  /** ISO 8601 UTC: when the object arrived at the edge. */
  readonly receivedAt: string;
  /** Of the notification that opened it. Older releases and writers of notifications by hand know none. */
  readonly sequencer?: Sequencer | undefined;
  readonly period?: string | undefined;
  /** The last fault: why it was rejected, or why it is stuck. */
  readonly fault?: Fault | undefined;
  /** The object whose notification opened it. Older releases know none. */
  readonly notified?: ObjectRef | undefined;
  /** ISO 8601 UTC: when the work is tried again by itself. None while it is worked on, and when its message is a dead letter. */
  readonly nextRetryAt?: string | undefined;
  /** ISO 8601 UTC: when its message became a dead letter. */
  readonly stoppedAt?: string | undefined;
  /** When the reconciler asked for the work again last, and how often. */
  readonly resumedAt?: string | undefined;
  readonly resumes?: number | undefined;
  /** The hand-off whose file, or quarantined rows, it reprocesses after the contract was corrected, and when that file first arrived. */
  readonly reprocesses?: EarlierHandoff | undefined;
  /** The hand-off that reprocessed its quarantined rows, or its whole file, last. */
  readonly reprocessedBy?: string | undefined;
  /** ISO 8601 UTC: when the file was due, where it came later. */
  readonly lateFor?: string | undefined;
  /** ISO 8601 UTC, and what was found then. */
  readonly lastReconciledAt?: string | undefined;
  readonly reconciliation?: Reconciliation | undefined;
}

export interface EarlierHandoff {
  readonly handoffId: string;
  /** ISO 8601 UTC: when its file first arrived. */
  readonly receivedAt: string;
  /** What asked for it. */
  readonly request: string;
  /** Rows of its file that were published before. */
  readonly published: number;
}

/** The file that rows first came in. Their events are named and ordered by it, whenever they are reprocessed. */
export interface CorrectedFile {
  readonly handoffId: string;
  /** What names the file in event ids. */
  readonly identity: string;
  readonly fileName: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly sequencer?: Sequencer | undefined;
  readonly period?: string | undefined;
}

/**
 * How our books compare with what is outside them: with objects, acknowledgements and messages. `external-success`: it came or
 * was done, and our books did not say so. `external-failure`: it is gone, and our books wait for it. `unknown`: neither side tells
 * yet. `impossible`: the two contradict each other.
 */
export type ReconciliationResult =
  | 'matched'
  | 'external-success'
  | 'external-failure'
  | 'unknown'
  | 'impossible';

export interface Reconciliation {
  readonly result: ReconciliationResult;
  /** What was found and done, in a sentence. */
  readonly detail: string;
}

/** What an object waits for before it is worked on. */
export type Awaited = 'data' | 'sidecar' | 'manifest' | 'signature';

/** Of a file that was inspected and holds the claim on its content. The ledger keeps all three in one write. */
export interface Begun {
  readonly inspection: Inspection;
  /** Claim identity: hash of the records, with the period where the contract says so. */
  readonly identity: string;
  readonly pass: Pass;
  /** The file that its rows first came in, where they are reprocessed. */
  readonly corrects?: CorrectedFile | undefined;
}

/** Of a file that holds no claim. The ledger keeps its inspection, if there was one, once settling begins. */
export interface NotBegun {
  readonly inspection?: Inspection | undefined;
  readonly identity?: undefined;
  readonly pass?: undefined;
  readonly corrects?: undefined;
}

/** An object that must not be read before another comes. It ends as a hand-off of its own, which may have another id. */
export interface AwaitingHandoff extends HandoffFacts, NotBegun {
  readonly state: 'awaiting';
  readonly awaiting: Awaited;
}

export interface ReceivedHandoff extends HandoffFacts, NotBegun {
  readonly state: 'received';
}

export interface ProcessingHandoff extends HandoffFacts, Begun {
  readonly state: 'processing';
}

/** How a file ends. It is kept when settling begins, so that every attempt ends it the same, by whatever contract. */
export interface KeptEnding {
  /** The pass whose chunks count; none when the file was never processed. */
  readonly pass?: Pass | undefined;
  /** Why the whole file is rejected, or why it could not be published to its end. */
  readonly fault?: Fault | undefined;
  readonly duplicateOf?: string | undefined;
  /** Records received, where the file was rejected before its inspection was complete. */
  readonly received?: number | undefined;
}

/** How far the report of quarantined rows has come. Whole parts are in whole sections. */
export interface ReportProgress {
  /** Parts that are in a section. */
  readonly parts: number;
  /** Short names, in order. */
  readonly sections: readonly string[];
  readonly rows: number;
  readonly byCode: Readonly<Record<string, number>>;
}

interface SettlingFacts extends HandoffFacts {
  readonly state: 'settling';
  /** ISO 8601 UTC; set once, when settling begins, so that a repeated settle writes the same bytes. */
  readonly settledAt: string;
  /** None where an older release began to settle. */
  readonly ending?: KeptEnding | undefined;
  /** None before the first section. */
  readonly report?: ReportProgress | undefined;
}

export type SettlingHandoff = SettlingFacts & (Begun | NotBegun);

interface SettledFacts extends HandoffFacts {
  readonly state: SettledState;
  readonly settledAt: string;
  readonly received: number;
  readonly tally: Tally;
  /** Hand-off that already holds the same content. */
  readonly duplicateOf?: string | undefined;
}

export type SettledHandoff = SettledFacts & (Begun | NotBegun);

export type UnsettledHandoff = ReceivedHandoff | ProcessingHandoff | SettlingHandoff;

/** One whose books are closed, or are being closed. */
export type ClosedHandoff = SettlingHandoff | SettledHandoff;

/** The ledger's record of one delivery, by its state. */
export type Handoff = AwaitingHandoff | UnsettledHandoff | SettledHandoff;

/** Unsettled hand-offs whose chunks are planned. */
export type BegunHandoff = ProcessingHandoff | (SettlingFacts & Begun);

/** Unsettled hand-offs that are still to be inspected and claimed. */
export type NotBegunHandoff = ReceivedHandoff | (SettlingFacts & NotBegun);

export const isBegun = (handoff: UnsettledHandoff): handoff is BegunHandoff => handoff.pass !== undefined;

export const isSettledHandoff = (handoff: Handoff): handoff is SettledHandoff => isSettled(handoff.state);

/** States in which a hand-off is worked on. */
export const unsettledStates = [
  'received',
  'processing',
  'settling',
] as const satisfies readonly HandoffState[];

export const isUnsettled = (handoff: Handoff): handoff is UnsettledHandoff =>
  (unsettledStates as readonly HandoffState[]).includes(handoff.state);
