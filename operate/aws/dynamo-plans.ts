import type { DynamoTable, Item, Key } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Lease, Plan } from '../core/plan/plan.ts';
import type { UnitFailure } from '../core/shapes/plans.ts';
import type { PlanChange, Plans, PlanWithFailures, Reached, Turn } from '../plan-ports.ts';

/** Ids of plans, to be listed in their order. */
const listed = (id: string): Key => ({ pk: 'plan#list', sk: id });
export const planSort = 'plan';
const planKey = (id: string): Key => ({ pk: `plan#${id}`, sk: planSort });
const failureKey = (id: string, unit: string): Key => ({ pk: `plan#${id}`, sk: `failed#${unit}` });
/** Ids of plans hold no `#`. */
const turnKey = (integration: string): Key => ({ pk: `plan#turn#${integration}`, sk: 'turn' });

const planFields = [
  ...['id', 'kind', 'integration', 'filter', 'unitsASecond', 'unitsMax', 'madeBy', 'madeByPerson', 'madeAt'],
  ...['validUntil', 'state', 'history', 'revision', 'found', 'hash', 'progress', 'cursor', 'note'],
  ...['leaseOwner', 'leaseUntil'],
];

const isNew = { expression: 'attribute_not_exists(#pk)' };
const isWorked = '(#state = :counting OR #state = :running)';
const working = { counting: 'counting', running: 'running' };

/** Plans in the table of operators. A plan is one item; its failures are items beside it. */
export class DynamoPlans implements Plans {
  readonly #table: DynamoTable;
  readonly #now: () => number;

  /** `now` (epoch milliseconds) only says until when failures are kept. */
  constructor(table: DynamoTable, now: () => number) {
    this.#table = table;
    this.#now = now;
  }

  /** The plan first: an id in the list may have none, and is left out. */
  async create(plan: Plan): Promise<boolean> {
    const expiresAt = expiryOf(Date.parse(plan.madeAt));
    if (!(await this.#table.put({ ...planKey(plan.id), ...plan, expiresAt }, isNew))) return false;
    await this.#table.put({ ...listed(plan.id), expiresAt }, isNew);
    return true;
  }

  async find(id: string): Promise<Plan | undefined> {
    return planOf(await this.#table.get(planKey(id)));
  }

  async list({ limit, after }: { readonly limit: number; readonly after?: string | undefined }) {
    const { keys, last } = await this.#table.keysIn({
      condition: { expression: '#pk = :pk', values: { pk: 'plan#list' } },
      newestFirst: true,
      limit,
      after: after === undefined ? undefined : listed(after),
    });
    const ids = keys.map(({ sk = '' }) => sk);
    const items = ids.length > 0 ? await this.#table.getMany(ids.map(planKey), planFields) : [];
    const byId = new Map(items.map(item => [item.id, item]));
    const plans = ids.flatMap(id => planOf(byId.get(id)) ?? []);
    return { plans, next: last ? ids.at(-1) : undefined };
  }

  async change(plan: Plan, { step, endsLease, ...set }: PlanChange): Promise<Plan | undefined> {
    const { id, revision, history } = plan;
    return planOf(
      await this.#table.update(planKey(id), {
        set: { ...set, history: [...history, step], revision: revision + 1 },
        ...(endsLease && { remove: ['leaseOwner', 'leaseUntil'] }),
        when: { expression: '#revision = :revision', values: { revision } },
      }),
    );
  }

  async lease(id: string, { owner, until }: Lease, now: number): Promise<Plan | undefined> {
    return planOf(
      await this.#table.update(planKey(id), {
        set: { leaseOwner: owner, leaseUntil: until },
        when: {
          expression: `${isWorked} AND (attribute_not_exists(#leaseUntil) OR #leaseUntil < :now OR #leaseOwner = :owner)`,
          values: { ...working, now, owner },
        },
      }),
    );
  }

  async checkpoint(
    id: string,
    owner: string,
    { found, progress, cursor }: Reached,
  ): Promise<Plan | undefined> {
    return planOf(
      await this.#table.update(planKey(id), {
        set: { found, progress, cursor },
        ...(cursor === undefined && { remove: ['cursor'] }),
        when: { expression: '#leaseOwner = :owner', values: { owner } },
      }),
    );
  }

  async release(id: string, owner: string, handsOn: boolean): Promise<'released' | Plan> {
    const isOwn = '#leaseOwner = :owner';
    const released = await this.#table.update(planKey(id), {
      remove: ['leaseOwner', 'leaseUntil'],
      when: handsOn
        ? { expression: isOwn, values: { owner } }
        : { expression: `${isOwn} AND NOT ${isWorked}`, values: { owner, ...working } },
    });
    const plan = released ? undefined : await this.find(id);
    return plan?.lease?.owner === owner ? plan : 'released';
  }

  /** Over that of an earlier job. */
  async recordFailure({ id, progress: { job } }: PlanWithFailures, failure: UnitFailure): Promise<void> {
    const expiresAt = expiryOf(this.#now());
    await this.#table.put({ ...failureKey(id, failure.unit), ...failure, job, expiresAt });
  }

  async failures({ id, progress }: PlanWithFailures): Promise<readonly UnitFailure[]> {
    const items = await this.#table.query(`plan#${id}`, 'failed#');
    return items
      .filter(({ job }) => job === progress.job)
      .map(({ unit, about, reason }) => ({
        ...{ unit: String(unit), about: String(about), reason: String(reason) },
      }));
  }

  async takeTurn(integration: string, turn: Turn, now: number): Promise<string> {
    const { plan } = turn;
    const taken = await this.#table.update(turnKey(integration), {
      set: { ...turn, expiresAt: expiryOf(now) },
      when: {
        expression: 'attribute_not_exists(#plan) OR #plan = :plan OR #until < :now',
        values: { plan, now },
      },
    });
    if (taken) return plan;
    const held = await this.#table.get(turnKey(integration));
    return held ? String(held.plan) : this.takeTurn(integration, turn, now);
  }

  async endTurn(integration: string, { job }: Turn): Promise<void> {
    await this.#table.update(turnKey(integration), {
      set: { until: 0 },
      when: { expression: '#job = :job', values: { job } },
    });
  }
}

/** Epoch seconds. */
const expiryOf = (now: number): number => Math.floor(now / 1_000) + limits.planKeptDays * limits.secondsADay;

/** We wrote the item, so it has the form of a plan. */
function planOf(item: Item | undefined): Plan | undefined {
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, leaseOwner, leaseUntil, ...plan } = item;
  const lease = leaseOwner === undefined ? undefined : { owner: leaseOwner, until: leaseUntil };
  return { ...plan, ...(lease && { lease }) } as Plan;
}
