import * as z from 'zod';
import { kinds } from '#shared/contract/kind.ts';
import { count, instant, integration, more } from './parts.ts';

const day = z.iso.date().meta({ description: 'A UTC day: `2026-11-28`' });

const sender = z.object({
  by: z.enum(['manifest', 'listing']).meta({
    description: '`manifest`: manifests or trailers of files. `listing`: the API of a provider',
  }),
  claims: count.nullable().meta({ description: 'Units that the sender says it sent. Null: it only lists' }),
  missing: z.array(z.string()).meta({ description: 'What the sender has and never came, by its ids' }),
});

const consumer = z.object({
  name: z.string(),
  expected: count.meta({ description: 'Events on the bus of the types that it takes' }),
  received: count.meta({ description: 'Of them, those that it reported' }),
  missing: z.array(z.string()).meta({ description: 'Ids of the first of the others' }),
});

const unproven = z.object({
  unit: z.string().meta({ description: 'A hand-off, or the key of a delivery or a batch in the raw bucket' }),
  claimed: count,
  onBus: count,
  missing: z.array(z.string()).meta({ description: 'Ids of the first events that are missing, where known' }),
});

const numbers = z.object({
  integration,
  kind: z.enum(kinds),
  units: z.enum(['rows', 'deliveries', 'changes']),
  sender: sender.nullable().meta({ description: 'Null: the sender makes no claims' }),
  received: count,
  outcomes: z
    .record(z.string(), z.int())
    .meta({ description: 'Units by outcome. `accepted` waits for the bus' }),
  claimed: count.meta({
    description: 'Events that the bus accepted, by the books of all units that the auditor has compared',
  }),
  onBus: count.meta({ description: 'Of them, those that the auditor found on the bus' }),
  unproven: z.array(unproven),
  consumers: z.array(consumer),
  more,
  differs: z.array(z.string()).meta({ description: 'Where two numbers differ, a sentence each' }),
});

export type Numbers = z.infer<typeof numbers>;

export const numbersInput = z.strictObject({
  day: day.optional().meta({ description: 'Default: this day' }),
  integration: integration.optional(),
});

export const numbersOutput = z.object({
  day,
  receiptsAt: instant.nullable().meta({ description: 'When receipts of consumers were compared last' }),
  numbers: z.array(numbers),
});
