import type { Fault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Tally } from '#shared/core/outcome/tally.ts';

/** Where a hand-off is. The last five are final. */
export type HandoffState =
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
  /** SHA-256 (hex) of the content, decompressed: the same content under any name or compression has the same. */
  readonly contentSha256: string;
  /** Where clean UTF-8 is read from: the dropped object itself, or its staged copy. */
  readonly source: ObjectRef;
  /** Records received, as scanned. */
  readonly records: number;
  readonly chunks: readonly ChunkPlan[];
  /** For each contract column, its position in the record, or -1. */
  readonly columnsAt: readonly number[];
  /** Fields of one record. */
  readonly width: number;
  /** Headers of the file that the contract does not name. */
  readonly ignoredColumns: readonly string[];
  /** Control totals that a trailer or manifest declares, by column. */
  readonly declaredTotals: Readonly<Record<string, string>>;
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
  readonly nextRecord: number;
  readonly nextLine: number;
  readonly tally: Tally;
  /** Short names of the quarantine parts whose faults are counted in `tally`. */
  readonly quarantineParts: readonly string[];
  /** Exact sums of the control-total columns so far, as decimal strings. */
  readonly totals: Readonly<Record<string, string>>;
  readonly done: boolean;
  /** Why the chunk ended before its last record; the records left are counted as `rejected`. */
  readonly fault?: Fault | undefined;
}

export interface Chunk extends ChunkPlan {
  readonly pass: Pass;
  /** Grows with every lease; a checkpoint of an older fence is refused. */
  readonly fence: number;
  readonly progress: Progress;
}

/** The ledger's record of one delivery. */
export interface Handoff {
  readonly id: string;
  readonly integration: string;
  readonly object: ObjectRef;
  readonly state: HandoffState;
  /** How often the work on it was begun or taken over. */
  readonly attempts: number;
  /** Id of the notification that opened it; becomes `causationid`. */
  readonly causationId: string;
  /** ISO 8601 UTC: when the object arrived at the edge. */
  readonly receivedAt: string;
  /** ISO 8601 UTC; set once, when settling begins, so that a repeated settle writes the same bytes. */
  readonly settledAt?: string | undefined;
  readonly period?: string | undefined;
  readonly pass?: Pass | undefined;
  readonly inspection?: Inspection | undefined;
  /** Claim identity: content hash, with the period where the contract says so. */
  readonly identity?: string | undefined;
  /** Hand-off that already holds the same content. */
  readonly duplicateOf?: string | undefined;
  readonly received?: number | undefined;
  readonly tally?: Tally | undefined;
  /** The last fault: why it was rejected, or why it is stuck. */
  readonly fault?: Fault | undefined;
}
