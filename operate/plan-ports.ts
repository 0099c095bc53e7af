import type * as z from 'zod';
import type { HandoffSearch, Ledger, ReconciledLedger } from '#adapters/file-lane/ports.ts';
import type { ReleaseAnswer, releaseOrder } from '#adapters/webhook-fence/core/webhook/release-order.ts';
import type { Bus, Clock, Log } from '#shared/ports.ts';
import type { Found, Lease, Plan, PlanState, PlanStep, Progress } from './core/plan/plan.ts';
import type { UnitFailure } from './core/shapes/plans.ts';
import type { DeployedPorts } from './deployed-ports.ts';
import type { Objects } from './object-ports.ts';
import type { SwitchPorts } from './switch-ports.ts';

/** What is written when a plan's state changes. */
export interface PlanChange {
  readonly state: PlanState;
  readonly step: PlanStep;
  readonly found?: Found;
  readonly hash?: string;
  readonly note?: string | undefined;
  /** Whether its job is at its end. Else the lease stays as it is. */
  readonly endsLease?: boolean;
}

export interface Plans {
  /** False when there is one with this id. */
  create(plan: Plan): Promise<boolean>;
  find(id: string): Promise<Plan | undefined>;
  /** The newest first. */
  list(page: {
    readonly limit: number;
    readonly after?: string | undefined;
  }): Promise<{ readonly plans: readonly Plan[]; readonly next?: string | undefined }>;
  /** Undefined when somebody changed its state since it was read. */
  change(plan: Plan, change: PlanChange): Promise<Plan | undefined>;
  /** Undefined when nothing is to be worked on, or another job has the lease. */
  lease(id: string, lease: Lease, now: number): Promise<Plan | undefined>;
  /** Writes how far its job came; undefined when that job has the lease no longer. The answer shows a state that was changed meanwhile. */
  checkpoint(id: string, owner: string, reached: Reached): Promise<Plan | undefined>;
  /**
   * Gives the lease back. A plan that is to be worked on keeps it, and is the answer, unless its job hands it on: somebody resumed it
   * meanwhile, and found the lease taken.
   */
  release(id: string, owner: string, handsOn: boolean): Promise<'released' | Plan>;
  /** Once for each unit. `job`: as in the plan's progress. */
  recordFailure(plan: PlanWithFailures, failure: UnitFailure): Promise<void>;
  /** Those of the job that its progress names. */
  failures(plan: PlanWithFailures): Promise<readonly UnitFailure[]>;
  /**
   * Gives an integration's turn to a plan until then (epoch milliseconds), unless another one has it. Gives the plan that has it
   * afterwards.
   */
  takeTurn(integration: string, turn: Turn, now: number): Promise<string>;
  /** Unless another plan or job has the turn. */
  endTurn(integration: string, turn: Turn): Promise<void>;
}

export type PlanWithFailures = Pick<Plan, 'id' | 'progress'>;

/** The right of one plan to work on an integration, of those that must not do so at the same time. */
export interface Turn {
  readonly plan: string;
  readonly job: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** How far a job came with a plan. */
export interface Reached {
  readonly found: Found;
  readonly progress: Progress;
  readonly cursor: string | undefined;
}

/** Something that a person did, or a job did for one. */
export interface OperationRecord extends PlanStep {
  readonly plan: string;
  readonly kind: string;
  readonly integration: string;
  readonly state: PlanState;
  readonly hash: string | undefined;
  readonly note: string | undefined;
}

/** Says in the log what was done, where an alarm looks for plans that failed. The audit trail reads the plans themselves. */
export interface Operations {
  recordOperation(record: OperationRecord): Promise<void>;
}

/** Jobs that are to go on with a plan, at least once each. */
export interface Jobs {
  continue(plan: string): Promise<void>;
}

/** What changes plans. */
export interface PlanPorts {
  readonly plans: Plans;
  readonly operations: Operations;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Log;
}

export interface HeldLetter {
  readonly messageId: string;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Of the attribute `reason`. */
  readonly reason?: string | undefined;
  /** Sends it back to where it came from, and then deletes it: twice when the second call fails. */
  redrive(): Promise<void>;
}

export interface DeadLetterMover {
  /**
   * Batches of letters, each letter once, until there are no more. They are invisible to others for
   * `limits.planDeadLettersHiddenSeconds`, and those that were not redriven show again when the caller is done.
   * @throws Error when there is no such queue.
   */
  hold(integration: string): AsyncGenerator<readonly HeldLetter[]>;
}

/** The queues that integrations work from. */
export interface WorkQueues {
  send(integration: string, message: object): Promise<void>;
}

/** Functions of fences that look at their rejects, and release them. */
export interface Releases {
  /** @throws Error when the fence is not deployed, or its keys cannot be read. */
  order(fence: string, order: z.input<typeof releaseOrder>): Promise<ReleaseAnswer>;
}

/** How a quarantined request or change ended, or would end. */
export interface ProcessedEnd {
  /** An outcome, or why it has none: `open` where the bus did not take it. */
  readonly end: string;
  /** Of the fault that it has now. */
  readonly code?: string | undefined;
  /** Without content of the input. */
  readonly detail?: string | undefined;
}

/**
 * Functions of fences and feeds that process quarantined units again, and give the end of each in the order given. `dryRun`: only the ends
 * that they would have.
 * @throws Error when the integration is not deployed, or its function fails.
 */
export interface Reprocessing {
  /** By the keys of their objects. */
  requests(fence: string, keys: readonly string[], dryRun: boolean): Promise<readonly ProcessedEnd[]>;
  /** As their objects hold them. */
  changes(feed: string, changes: readonly object[], dryRun: boolean): Promise<readonly ProcessedEnd[]>;
}

/** The undelivered records of feeds, and the functions that take them. */
export interface Redelivery {
  /**
   * Gives a feed's function an event of its stream. The answer is as the function gives it.
   * @throws Error when the feed is not deployed, or its function fails.
   */
  deliver(feed: string, event: object): Promise<unknown>;
  /** Writes what is left of an object of undelivered records. Undefined deletes it. Repeatable. */
  replace(feed: string, key: string, text: string | undefined): Promise<void>;
  /** Deletes the notices of objects that are gone. */
  sweepNotices(feed: string): Promise<void>;
}

export interface Quarantine {
  /** Writes `to`, then deletes the object under `from`. Nothing is lost between the two. */
  move(from: string, to: { readonly key: string; readonly content: string }): Promise<void>;
}

/** Queues of consumers, by the names that `edge.config.ts` gives them. */
export interface Consumers {
  /** `unknown`: there is no such consumer. */
  send(consumer: string, message: object): Promise<'sent' | 'unknown'>;
}

/** All that the jobs of plans use. */
export interface JobPorts extends PlanPorts, SwitchPorts, DeployedPorts {
  readonly releases: Releases;
  readonly letters: DeadLetterMover;
  /** The bus log for replays, and the quarantine. */
  readonly objects: Objects;
  readonly quarantine: Quarantine;
  readonly reprocessing: Reprocessing;
  readonly redelivery: Redelivery;
  readonly bus: Bus;
  readonly consumers: Consumers;
  readonly workQueues: WorkQueues;
  readonly search: HandoffSearch;
  /** For files that are to go on. */
  readonly ledger: Pick<Ledger, 'find' | 'chunks'>;
  readonly leases: Pick<ReconciledLedger, 'leasedUntil'>;
  readonly inboundBucket: string;
}
