import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { count, instant, integration, more } from './parts.ts';

const state = z.enum(['open', 'acknowledged', 'resolved']);
const code = z.string().min(1).max(100).meta({ description: 'Code of the fault' });
const mark = z.object({ by: z.string(), at: instant });

const issue = z.object({
  integration,
  code,
  state,
  meaning: z.string(),
  remedy: z.string(),
  firstSeen: instant.meta({ description: 'Ever' }),
  lastSeen: instant,
  openedAt: instant.meta({ description: 'When it was opened, or opened again' }),
  count: count.meta({ description: 'Rows, requests, changes or attempts that met it since it was opened' }),
  reopened: count.meta({ description: 'How often it came back after it was resolved' }),
  example: z
    .object({ unit: z.string(), place: z.string().nullable() })
    .meta({ description: 'Id of the newest hand-off, row, delivery or batch, and the place in it' }),
  hourly: z
    .array(z.object({ at: instant, count }))
    .meta({ description: 'Faults of the last hours that had some, by the hour in which they occurred' }),
  acknowledged: mark.nullable(),
  resolved: mark.nullable(),
});

export type IssueLine = z.infer<typeof issue>;

export const issuesInput = z.strictObject({
  integration: integration.optional(),
  state: state.optional().meta({ description: 'Without it: open and acknowledged ones' }),
  limit: z.coerce.number().int().min(1).max(limits.issuesListedMax).default(limits.issuesListedMax),
});

export const issuesOutput = z.object({ issues: z.array(issue), more });

export const issueInput = z.strictObject({ integration, code });

export const issueOutput = issue;
