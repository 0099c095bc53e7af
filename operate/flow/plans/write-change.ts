import type { Found, Plan, PlanState, PlanStep } from '../../core/plan/plan.ts';
import type { OperationRecord, PlanPorts } from '../../plan-ports.ts';

export interface WrittenChange {
  readonly state: PlanState;
  /** ARN of the signer, or `job`. */
  readonly by: string;
  readonly what: string;
  readonly found?: Found;
  readonly hash?: string;
  readonly note?: string | undefined;
  readonly endsLease?: boolean;
}

/** Changes a plan's state together with its history, and records it for the audit. Undefined when somebody changed it since it was read. */
export async function writeChange(
  { plans, operations, clock }: PlanPorts,
  plan: Plan,
  { by, what, ...change }: WrittenChange,
): Promise<Plan | undefined> {
  const step = { at: new Date(clock.now()).toISOString(), by, what };
  const changed = await plans.change(plan, { ...change, step });
  if (!changed) return undefined;
  await operations.recordOperation(recordOf(changed, step));
  return changed;
}

export const recordOf = (plan: Plan, step: PlanStep): OperationRecord => {
  const { id, kind, integration, state, hash, note } = plan;
  return { ...step, plan: id, kind, integration, state, hash, note: note || undefined };
};
