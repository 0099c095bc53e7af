import * as z from 'zod';
import { count, instant, integration, more } from './parts.ts';

const deadLetter = z.object({
  integration,
  messageId: z.string(),
  sentAt: instant,
  receives: count,
  reason: z
    .string()
    .nullable()
    .meta({ description: 'Code of what stopped it. Null: its function died before it could say so' }),
  about: z.string().meta({ description: 'The file, hand-off or delivery that it is about' }),
});

export const deadLettersInput = z.strictObject({ integration });

export const deadLettersOutput = z.object({ deadLetters: z.array(deadLetter), more });
