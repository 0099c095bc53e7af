import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { type Outcome, outcomes } from '#shared/core/outcome/tally.ts';

/** What several operations take and give. Answers leave through shapes: a field that is not named there stays inside. */

export const count = z.int().min(0);
export const instant = z.iso.datetime();
/** As times are stored, so that they compare as text: in UTC with milliseconds. */
export const asked = instant.transform(text => new Date(text).toISOString());
export const integration = z.string().meta({ description: 'Id of an integration' });

/** Of a count that stops at a limit. */
export const more = z.boolean().meta({ description: 'Whether there are more than were counted' });

export const pageOf = {
  limit: z.coerce.number().int().min(1).max(limits.pageEntriesMax).default(limits.pageEntries),
  cursor: z.string().max(4_096).optional().meta({ description: '`next` of the page before' }),
};

export const next = z.string().nullable().meta({
  description: 'Cursor of the next page; null: there is none. A page may be empty and have a next.',
});

export const tally = z.object(
  Object.fromEntries(outcomes.map(outcome => [outcome, count])) as Record<Outcome, typeof count>,
);

export const faultText = z.object({ code: z.string(), detail: z.string(), remedy: z.string() });
