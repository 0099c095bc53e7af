import { EdgeError } from '#shared/core/log/edge-error.ts';

/** A plan is paused, since it cannot go on now. Nothing failed. */
export class PlanWaits extends EdgeError {
  override readonly name: string = 'PlanWaits';
}
