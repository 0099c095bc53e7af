import type { Fault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { UnannouncedName } from '../core/file/name.ts';
import type {
  Awaited,
  BegunHandoff,
  Chunk,
  Inspection,
  KeptEnding,
  NotBegunHandoff,
  Pass,
  SettlingHandoff,
  UnsettledHandoff,
} from '../core/outcome/handoff.ts';
import type { Arrival } from './arrival.ts';
import type { Ending } from './books.ts';
import type { QuarantineReport } from './join-report.ts';
import type { ChunkMessage, ObjectCreated, OwnMessage, SettleMessage } from './messages.ts';
import { done, type Verdict, type Work } from './work.ts';

/** How far a file has come, and what the step that comes next needs. */
export interface Stages {
  /** An object was dropped; what it is, is not known yet. */
  readonly arrived: { readonly notice: ObjectCreated };
  /** A data file without the sidecar or manifest that must announce it. */
  readonly unannounced: {
    readonly notice: ObjectCreated;
    readonly object: ObjectRef;
    readonly name: UnannouncedName;
  };
  /** An object that must not be read before another comes; `missing` is its fault when that never does. */
  readonly incomplete: {
    readonly notice: ObjectCreated;
    readonly object: ObjectRef;
    readonly missing: Fault;
    readonly awaiting: Awaited;
  };
  /** The object can be worked on, or must be refused; its hand-off is to be leased. */
  readonly opening: Opening;
  /** A message asks for a chunk, or for settling to go on; its hand-off is to be looked up. */
  readonly resumed: { readonly message: OwnMessage };
  readonly opened: { readonly handoff: NotBegunHandoff; readonly arrival: Arrival };
  readonly inspected: { readonly handoff: NotBegunHandoff; readonly inspection: Inspection };
  /** The content is claimed, and the chunks of the hand-off's pass are in the ledger. */
  readonly begun: { readonly handoff: BegunHandoff };
  /** A chunk is to be leased. */
  readonly chunk: ChunkTask;
  readonly leased: ChunkTask & { readonly chunk: Chunk };
  /** The rest of the leased work is for another message: time is short, or the message made progress before. */
  readonly short: { readonly handoff: UnsettledHandoff; readonly rest: OwnMessage };
  /** A chunk is done; it may have been the last one of its pass. */
  readonly chunkDone: { readonly handoff: BegunHandoff; readonly pass: Pass };
  /** It is known how the file ends; the right to settle is to be leased. */
  readonly ending: {
    readonly handoff: UnsettledHandoff;
    readonly ending: KeptEnding;
    /** What asked for it, when settling was handed on. */
    readonly message?: SettleMessage | undefined;
  };
  /** Ours to settle; quarantined rows are to be reported. */
  readonly settling: SettleTask & { readonly message: SettleMessage };
  /** All rows are reported; none where no row is quarantined. */
  readonly reported: SettleTask & { readonly report?: QuarantineReport | undefined };
  /** Nothing is left to do with the message, for now or for good. */
  readonly end: { readonly verdict: Verdict };
}

export interface Opening {
  readonly notice: ObjectCreated;
  /** What is worked on. A hand-off that was opened before keeps its own object, whatever is at that key now. */
  readonly object: ObjectRef;
  /** The versions whose dropping began it; they name the hand-off. */
  readonly begins: readonly ObjectRef[];
  readonly period?: string | undefined;
  /** The file to work on, or why it is refused unread. */
  readonly next: { readonly arrival: Arrival } | { readonly refusal: Fault };
}

export interface SettleTask {
  readonly handoff: SettlingHandoff;
  readonly ending: Ending;
}

export interface ChunkTask {
  readonly handoff: BegunHandoff;
  readonly message: ChunkMessage;
}

export type At<S extends keyof Stages> = { readonly at: S } & Stages[S];

export type Stage = { readonly [S in keyof Stages]: At<S> }[keyof Stages];

/** Takes a file from one stage to the next. A step calls no other step. */
export type Step<S extends keyof Stages> = (work: Work, stage: At<S>) => Promise<Stage>;

export const endWith = (verdict: Verdict): At<'end'> => ({ at: 'end', verdict });

/** The message is finished. */
export const ended: At<'end'> = endWith(done);
