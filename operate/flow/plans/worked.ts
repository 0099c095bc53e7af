import type { Plan } from '../../core/plan/plan.ts';

/** Why the work on a plan stopped: there are no more units, time is short, somebody changed its state, or another job has it. */
export type Stop = 'through' | 'short' | 'at-rest' | 'lost';

/** How far a job came with a plan. */
export interface Worked {
  readonly stop: Stop;
  readonly reached: Plan;
}
