import * as z from 'zod';
import { kinds } from '#shared/contract/kind.ts';
import { count, instant, integration, more, tally } from './parts.ts';

const integrationState = z.object({
  id: integration,
  kind: z.enum(kinds),
  owner: z.string(),
  partner: z.string(),
  state: z.enum(['ok', 'attention', 'disabled', 'not-deployed']),
  attention: z.array(z.string()).meta({ description: 'Why it needs attention, a sentence each' }),
  disabled: z
    .object({
      since: instant,
      by: z.string().meta({ description: 'ARN of who made the plan' }),
      plan: z.string(),
      waitsUntil: instant
        .nullable()
        .meta({ description: 'Until when its input waits. Null: its topics say' }),
    })
    .nullable()
    .meta({ description: 'Null: it takes its input' }),
  unsettled: z
    .object({ count, more, oldestAt: instant.nullable() })
    .nullable()
    .meta({ description: 'Files in work. Null: the kind has none' }),
  books: z
    .object({ since: instant, handoffs: count, more, received: count, tally, balanced: z.boolean() })
    .nullable()
    .meta({ description: 'Settled files of the last 24 hours. Null: the kind has none' }),
  schedule: z
    .object({ nextDue: instant.nullable(), overdue: z.array(instant) })
    .nullable()
    .meta({
      description: 'When the next file is due, and which are overdue. Null: its contract names no times',
    }),
  deadLetters: count.nullable(),
  undelivered: z.object({ count, more }).nullable(),
  openIssues: count.meta({ description: 'Issues that nobody has acknowledged' }),
});

export type IntegrationState = z.infer<typeof integrationState>;

export const integrationsInput = z.strictObject({});

export const integrationsOutput = z.object({ integrations: z.array(integrationState) });
