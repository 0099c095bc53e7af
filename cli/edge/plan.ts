import { type PlanKindFacts, planKinds } from '#operate/core/plan/plan-kinds.ts';
import type { Command, OptionHelp } from './command.ts';
import { Failure } from './failure.ts';
import { followPlan } from './follow-plan.ts';
import { planText } from './plan-text.ts';

const kinds: [string, PlanKindFacts][] = Object.entries(planKinds);

/** What plans are filtered by, of all kinds. */
const filters: Readonly<Record<string, OptionHelp>> = Object.fromEntries(
  [...new Set(kinds.flatMap(([, { filter }]) => Object.keys(filter.shape)))].map(name => [
    name,
    { value: '<text>', meaning: meaningOf(name) },
  ]),
);

/** By kind of plan, where several have the filter. */
function meaningOf(name: string): string {
  const byText = new Map<string, string[]>();
  for (const [kind, { filter }] of kinds) {
    const shape = Object.entries(filter.shape).find(([key]) => key === name)?.[1];
    const text = shape?.meta()?.description ?? name;
    if (shape) byText.set(text, [...(byText.get(text) ?? []), kind]);
  }
  return [...byText].map(([text, having]) => `${having.join(', ')}: ${text}`).join('; ');
}

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
