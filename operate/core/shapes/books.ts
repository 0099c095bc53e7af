import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { count, integration } from './parts.ts';

const day = z.iso.date();

export const booksInput = z.strictObject({
  integration,
  to: day.optional().meta({ description: 'The last UTC day. Default: today' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(limits.bookDaysMax)
    .default(7)
    .meta({ description: 'So many days, with the last one' }),
});

export const booksOutput = z.object({
  days: z
    .array(
      z.object({
        day,
        received: count.meta({ description: 'Deliveries of a fence, records of a feed' }),
        outcomes: z.record(z.string(), count),
        claimed: count.meta({ description: 'Events that the bus accepted, by the books' }),
        onBus: count.meta({ description: 'Of them, those in the log of the bus' }),
      }),
    )
    .meta({ description: 'Those that the auditor has counted, the newest first' }),
});
