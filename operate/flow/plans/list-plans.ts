import * as z from 'zod';
import { cursorOf, placeOf } from '../../core/cursor.ts';
import type { InputOf, OutputOf } from '../../core/operations.ts';
import type { Work } from '../work.ts';
import { lineOf } from './story-of.ts';

const place = z.strictObject({ id: z.string() });

export async function listPlans(
  work: Work,
  { limit, cursor }: InputOf<'listPlans'>,
): Promise<OutputOf<'listPlans'>> {
  const { plans, next } = await work.ports.plans.list({ limit, after: placeOf(place, cursor)?.id });
  return { plans: plans.map(plan => lineOf(work, plan)), next: next ? cursorOf({ id: next }) : null };
}
