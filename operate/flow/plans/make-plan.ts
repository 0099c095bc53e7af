import type { Kind } from '#shared/contract/kind.ts';
import { limits } from '#shared/contract/limits.ts';
import { integrationOfKind } from '../../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../../core/operations.ts';
import { personOf } from '../../core/person.ts';
import { nothingFound } from '../../core/plan/count-units.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { emptyDigest } from '../../core/plan/plan-digest.ts';
import { type PlanKindFacts, planKinds } from '../../core/plan/plan-kinds.ts';
import { invalid } from '../../core/problem.ts';
import type { Work } from '../work.ts';
import { storyOf } from './story-of.ts';
import { recordOf } from './write-change.ts';

/** Makes a plan and has it counted. Nothing is done. */
export async function makePlan(work: Work, input: InputOf<'makePlan'>): Promise<OutputOf<'makePlan'>> {
  const { integrations, ports } = work;
  const facts: PlanKindFacts = planKinds[input.kind];
  const { kind } = integrationOfKind(integrations, input.integration, facts.of);
  checkFilter(facts, kind, input);
  const plan = newPlan(work, input);
  if (!(await ports.plans.create(plan))) throw new Error(`there is a plan ${plan.id} already`);
  for (const step of plan.history) await ports.operations.recordOperation(recordOf(plan, step));
  await ports.jobs.continue(plan.id);
  return storyOf(work, plan);
}

function newPlan({ ports, caller }: Work, input: InputOf<'makePlan'>): Plan {
  const now = ports.clock.now();
  const madeAt = new Date(now).toISOString();
  const suffix = Math.floor(ports.clock.random() * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return {
    ...input,
    // Ids sort as their plans were made.
    id: `${madeAt.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${input.kind}-${suffix}`,
    madeBy: caller.arn,
    madeByPerson: personOf(caller),
    madeAt,
    validUntil: new Date(now + 3_600_000 * limits.planValidHours).toISOString(),
    state: 'counting',
    history: [{ at: madeAt, by: caller.arn, what: `made: ${input.kind} of ${input.integration}` }],
    revision: 1,
    found: nothingFound,
    progress: { done: 0, failed: 0, digest: emptyDigest },
  };
}

function checkFilter(facts: PlanKindFacts, kind: Kind, given: InputOf<'makePlan'>): void {
  const read = facts.filter.safeParse(given.filter);
  const { error } = read;
  const known = Object.keys(facts.filter.shape).filter(name => isOf(facts, kind, name));
  const foreign = Object.keys(given.filter).filter(name => !known.includes(name));
  const wrong = [
    ...(error?.issues ?? []).map(issue => `${['filter', ...issue.path].join('.')}: ${issue.message}`),
    ...(error ? [] : foreign.map(name => `filter.${name}: a ${kind} has none`)),
  ];
  if (wrong.length === 0) return;
  const names = known.join(', ') || 'nothing';
  throw invalid(wrong.join('; '), `A plan of kind ${given.kind} for a ${kind} is filtered by ${names}.`);
}

const isOf = ({ filterOf = {} }: PlanKindFacts, kind: Kind, name: string): boolean =>
  !Object.hasOwn(filterOf, name) || (filterOf[name] ?? []).includes(kind);
