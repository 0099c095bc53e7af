import type { Lease, Plan } from '../core/plan/plan.ts';
import type { UnitFailure } from '../core/shapes/plans.ts';
import type { PlanChange, Plans, PlanWithFailures, Reached, Turn } from '../plan-ports.ts';

const isWorking = ({ state }: Plan): boolean => state === 'counting' || state === 'running';

interface KeptFailure {
  readonly failure: UnitFailure;
  readonly job: string | undefined;
}

export class MemoryPlans implements Plans {
  readonly #plans = new Map<string, Plan>();
  readonly #failures = new Map<string, Map<string, KeptFailure>>();
  readonly #turns = new Map<string, Turn>();

  async create(plan: Plan): Promise<boolean> {
    if (this.#plans.has(plan.id)) return false;
    this.#plans.set(plan.id, plan);
    return true;
  }

  async find(id: string): Promise<Plan | undefined> {
    return this.#plans.get(id);
  }

  all(): readonly Plan[] {
    return [...this.#plans.values()];
  }

  async list({ limit, after }: { readonly limit: number; readonly after?: string | undefined }) {
    const newestFirst = [...this.#plans.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    const left = newestFirst.filter(({ id }) => after === undefined || id < after);
    const plans = left.slice(0, limit);
    return { plans, next: left.length > limit ? plans.at(-1)?.id : undefined };
  }

  async change(plan: Plan, { step, endsLease, ...change }: PlanChange): Promise<Plan | undefined> {
    const { id, revision } = plan;
    const now = this.#plans.get(id);
    if (now?.revision !== revision) return undefined;
    const lease = endsLease ? undefined : now.lease;
    const history = [...plan.history, step];
    return this.#keep({ ...now, ...defined(change), history, lease, revision: revision + 1 });
  }

  async lease(id: string, lease: Lease, now: number): Promise<Plan | undefined> {
    const plan = this.#plans.get(id);
    if (!plan || !isWorking(plan) || (plan.lease && plan.lease.until >= now)) return undefined;
    return this.#keep({ ...plan, lease });
  }

  async checkpoint(id: string, owner: string, reached: Reached): Promise<Plan | undefined> {
    const plan = this.#plans.get(id);
    return plan?.lease?.owner === owner ? this.#keep({ ...plan, ...reached }) : undefined;
  }

  async release(id: string, owner: string, handsOn: boolean): Promise<'released' | Plan> {
    const plan = this.#plans.get(id);
    if (plan?.lease?.owner !== owner) return 'released';
    if (isWorking(plan) && !handsOn) return plan;
    this.#keep({ ...plan, lease: undefined });
    return 'released';
  }

  async recordFailure({ id, progress }: PlanWithFailures, failure: UnitFailure): Promise<void> {
    const failures = this.#failures.get(id) ?? new Map();
    this.#failures.set(id, failures.set(failure.unit, { failure, job: progress.job }));
  }

  async failures({ id, progress }: PlanWithFailures): Promise<readonly UnitFailure[]> {
    const kept = [...(this.#failures.get(id)?.values() ?? [])];
    return kept.filter(({ job }) => job === progress.job).map(({ failure }) => failure);
  }

  async takeTurn(integration: string, turn: Turn, now: number): Promise<string> {
    const { plan, until } = this.#turns.get(integration) ?? turn;
    if (plan !== turn.plan && until >= now) return plan;
    this.#turns.set(integration, turn);
    return turn.plan;
  }

  async endTurn(integration: string, { job }: Turn): Promise<void> {
    if (this.#turns.get(integration)?.job === job) this.#turns.delete(integration);
  }

  #keep(plan: Plan): Plan {
    this.#plans.set(plan.id, plan);
    return plan;
  }
}

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
