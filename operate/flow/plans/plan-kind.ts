import type { KnownIntegration } from '../../core/known-integration.ts';
import type { CountedPage, CountedUnit } from '../../core/plan/count-units.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { FilterOf, PlanKindName } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';

/** How one unit ended. */
export type UnitEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nothing can be done now. The plan is paused, and its page is selected again, without the units that are done. */
  | { readonly kind: 'open'; readonly reason: string };

export interface PlanUnit extends CountedUnit {
  /**
   * Does it. When a function dies, the units of its last page are done again: so this is idempotent.
   * @throws Error when no unit can be done now: the job is tried again.
   */
  perform(): Promise<UnitEnd>;
}

export interface UnitPage extends CountedPage {
  readonly units: readonly PlanUnit[];
  /** Where to go on after it. Without one, a job that goes on selects what is left from the beginning. */
  readonly next?: string;
}

/** A page whose units are done together, by few calls. */
export interface JointPage extends CountedPage {
  readonly next?: string;
  /**
   * Does units of the page in their order, and gives the end of each; undefined where it waits behind one that failed. Idempotent, as
   * `PlanUnit.perform` is.
   * @throws Error when no unit can be done now: the job is tried again.
   */
  performAll(units: readonly CountedUnit[]): Promise<readonly (UnitEnd | undefined)[]>;
}

export type AnyPage = UnitPage | JointPage;

export interface Selection<F> {
  readonly plan: Pick<Plan, 'id' | 'madeBy' | 'state'>;
  readonly integration: string;
  /** What is known of the integration. */
  readonly known: KnownIntegration;
  readonly filter: F;
  /** Epoch milliseconds: units that came later are left out. */
  readonly until: number;
  /** `next` of the page before. */
  readonly after: string | undefined;
}

/** What a kind of plan does: one file beside this one. */
export interface PlanKind<F> {
  /** Whether the units of a page are done one after the other. */
  readonly isInOrder: boolean;
  /** Units in pages. Memory is bounded for any number of units. A caller may stop before the end. */
  select(ports: JobPorts, selection: Selection<F>): AsyncGenerator<AnyPage>;
}

export type KindsOfPlans = { readonly [K in PlanKindName]: PlanKind<FilterOf<K>> };
