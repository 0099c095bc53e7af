import * as z from 'zod';
import { type PlanKindFacts, planKinds } from '#operate/core/plan/plan-kinds.ts';
import type { FilterInfo, PlanKindInfo } from './console-info.ts';

interface FieldSchema {
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
}

/** Kinds of plans as the page builds them: its form follows from their filters. */
export const planKindInfos = (): PlanKindInfo[] =>
  Object.entries<PlanKindFacts>(planKinds).map(([name, { summary, of, filter, filterOf }]) => ({
    ...{ name, summary, of },
    filter: fieldsOf(filter).map(field => ({ ...field, of: filterOf?.[field.name] })),
  }));

function fieldsOf(shape: z.ZodObject): FilterInfo[] {
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, field]) => {
    const { description = name, format, enum: values } = field as FieldSchema;
    return {
      ...{ name, meaning: description, values },
      isRequired: required.includes(name),
      isTime: format === 'date-time',
    };
  });
}
