import type { PlanKindName } from './plan-kinds.ts';

export const planStates = [
  'counting',
  'planned',
  'awaiting-approval',
  'approved',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
] as const;

export type PlanState = (typeof planStates)[number];

/** One entry of a plan's history: who did what. */
export interface PlanStep {
  readonly at: string;
  /** ARN of the signer; `job` where the plan went on by itself. */
  readonly by: string;
  readonly what: string;
}

/** What the filter finds. */
export interface Found {
  readonly units: number;
  /** Units that are like another one of the plan, or that were done before. */
  readonly repeats: number;
  /** Of the ids of all units, in any order. */
  readonly digest: string;
  /** Of the first few, in words and without content. */
  readonly samples: readonly string[];
  /** Whether there is more than one plan takes. */
  readonly more: boolean;
  /** Units that the filter matches and that cannot be done: how many, by why. Plans of older releases know none. */
  readonly left?: Readonly<Record<string, number>>;
  /** Units by the part of the integration that they are of, such as a shard. None where a kind of plan knows no parts. */
  readonly parts?: Readonly<Record<string, number>>;
}

export interface Progress {
  readonly done: number;
  readonly failed: number;
  /** Of the ids of these units. */
  readonly digest: string;
  /**
   * Units of pages whose job died: they may be done. Kept only where the maker said how many may be done at most, and then they are not
   * done again.
   */
  readonly unsure?: number | undefined;
  /** The job whose failures count, where each job tries again what failed before. */
  readonly job?: string | undefined;
}

/** Units that count for the number that may be done. */
export const takenUnits = ({ done, failed, unsure = 0 }: Progress): number => done + failed + unsure;

export interface Lease {
  readonly owner: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Something that is to be done to all units that a filter finds. */
export interface Plan {
  readonly id: string;
  readonly kind: PlanKindName;
  readonly integration: string;
  readonly filter: Readonly<Record<string, string>>;
  readonly unitsASecond: number;
  /** At most so many units are done, where the maker says so. */
  readonly unitsMax?: number | undefined;
  /** ARN of the signer. */
  readonly madeBy: string;
  /** Whom the maker is compared with, see `personOf`. */
  readonly madeByPerson: string;
  /** Units that came later do not belong to it. */
  readonly madeAt: string;
  /** A plan that did not begin until then never does. */
  readonly validUntil: string;
  readonly state: PlanState;
  readonly history: readonly PlanStep[];
  /** Grows with each change of the state. */
  readonly revision: number;
  readonly found: Found;
  /** Of what it would do. Undefined while it is counted. */
  readonly hash?: string | undefined;
  readonly progress: Progress;
  /** Where the job goes on, in the kind's own words. */
  readonly cursor?: string | undefined;
  /** Why it failed, or what is odd. Empty where that is over. */
  readonly note?: string | undefined;
  readonly lease?: Lease | undefined;
}

/** How many units it does when it runs. */
export const unitsOf = ({ found, unitsMax = found.units }: Pick<Plan, 'found' | 'unitsMax'>): number =>
  Math.min(found.units, unitsMax);
