import { type PlanKindFacts, planKinds } from '#operate/core/plan/plan-kinds.ts';
import type { Command, OptionHelp } from './command.ts';
import { Failure } from './failure.ts';
import { followPlan } from './follow-plan.ts';
import { planText } from './plan-text.ts';

const kinds: [string, PlanKindFacts][] = Object.entries(planKinds);

/** What plans are filtered by, of all kinds. */
const filters: Readonly<Record<string, OptionHelp>> = Object.fromEntries(
  kinds.flatMap(([kind, { filter }]) =>
    Object.entries(filter.shape).map(([name, shape]) => [
      name,
      { value: '<text>', meaning: `${kind}: ${shape.meta()?.description ?? name}` },
    ]),
  ),
);

export const plan: Command = {
  summary: 'Make a plan: count what it would do. Nothing is done yet',
  takes: ['kind', 'integration'],
  options: {
    ...filters,
    max: { value: '<n>', meaning: 'do so many at most' },
    rate: { value: '<n>', meaning: 'do so many a second (default 50)' },
  },
  identity: 'operator',
  examples: kinds.map(([kind, { example }]) => `npm run edge -- plan ${kind} ${example}`),
  async run(api, { given: [kind = '', integration = ''], options: { max, rate, ...filter } }) {
    if (!Object.hasOwn(planKinds, kind)) throw new Failure(noKind(kind), 2);
    const made = await api.ask('makePlan', { kind, integration, filter, unitsMax: max, unitsASecond: rate });
    const counted = await followPlan(api, made.id, ['counting']);
    return { json: counted, text: planText(counted) };
  },
};

function noKind(kind: string): string {
  const lines = kinds.map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`);
  return [`There is no kind of plan "${kind}". Kinds are:`, ...lines].join('\n');
}
