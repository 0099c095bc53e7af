import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { planStates } from '../plan/plan.ts';
import { planKindNames } from '../plan/plan-kinds.ts';
import { count, instant, integration, more, next, pageOf } from './parts.ts';

const shownStates = [...planStates, 'expired'] as const;

const plan = z.object({
  id: z.string(),
  kind: z.enum(planKindNames),
  integration,
  filter: z.record(z.string(), z.string()),
  state: z.enum(shownStates),
  madeBy: z.string().meta({ description: 'ARN of the signer' }),
  madeAt: instant.meta({ description: 'Units that came later do not belong to it' }),
  validUntil: instant.meta({ description: 'It must begin before then' }),
  unitNames: z.object({ one: z.string(), many: z.string() }).meta({ description: 'What a unit is' }),
  units: count.meta({ description: 'How many it does' }),
  found: count.meta({ description: 'How many the filter finds' }),
  more: more.meta({ description: 'Whether the filter finds more than one plan takes' }),
  repeats: count.meta({ description: 'Units that are like another one, or were done before' }),
  left: z.record(z.string(), count).meta({
    description: 'Units that match and that it cannot do now: how many, by fault code or reason',
  }),
  parts: z.record(z.string(), count).meta({
    description: 'What it finds by shard or partition, where it is of such; of too many the rest as `others`',
  }),
  samples: z.array(z.string()).meta({ description: 'The first few, in words' }),
  dollars: z.number().meta({ description: 'About what it costs' }),
  hash: z.string().nullable().meta({ description: 'Of what it does. Null: it is being counted' }),
  unitsASecond: count,
  done: count,
  failed: count,
  note: z.string().nullable(),
});

export type PlanLine = z.infer<typeof plan>;

const step = z.object({ at: instant, by: z.string(), what: z.string() });
const failure = z.object({ unit: z.string(), about: z.string(), reason: z.string() });

export type UnitFailure = z.infer<typeof failure>;

const planStory = plan.extend({
  history: z.array(step),
  failures: z.array(failure).meta({ description: 'What failed, and why' }),
});

export type PlanStory = z.infer<typeof planStory>;

export const makePlanInput = z.strictObject({
  kind: z.enum(planKindNames),
  integration,
  filter: z.record(z.string().max(64), z.string().max(1_024)).default({}),
  unitsASecond: z.coerce
    .number()
    .int()
    .min(1)
    .max(limits.planUnitsASecondMax)
    .default(limits.planUnitsASecond),
  unitsMax: z.coerce.number().int().min(1).optional().meta({ description: 'Do so many at most' }),
});

export const planOutput = planStory;

export const plansInput = z.strictObject({ ...pageOf });
export const plansOutput = z.object({ plans: z.array(plan), next });

const id = z.string().max(100);
export const planInput = z.strictObject({ id });
export const seenPlanInput = z.strictObject({
  id,
  hash: z.string().max(64).meta({ description: 'The hash that the plan showed' }),
});
