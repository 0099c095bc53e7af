import * as z from 'zod';
import { outcomes } from '#shared/core/outcome/tally.ts';

/** What every `expected.json` says first: what the sample shows. */
export const about = z.string().min(1);

const count = z.int().min(0);

/** The books of a file, or of a feed's records. */
export const tallyShape = z
  .strictObject({
    received: count,
    published: count,
    duplicate: count,
    quarantined: count,
    rejected: count,
    skipped: count,
  })
  .check(({ value, issues }) => {
    const sum = outcomes.reduce((total, outcome) => total + value[outcome], 0);
    if (sum === value.received) return;
    const message = `${value.received} received, but ${sum} with an outcome`;
    issues.push({ code: 'custom', input: value, message });
  });

/** An event of the integration's own; `subject` is the aggregate's id. */
export const eventShape = z.strictObject({ type: z.string(), subject: z.string(), data: z.json() });

export type ExpectedEvent = z.infer<typeof eventShape>;
