import * as z from 'zod';
import { count, instant, integration, more } from './parts.ts';

const deadLetter = z.object({
  integration,
  messageId: z.string(),
  sentAt: instant,
  receives: count,
  about: z.string().meta({ description: 'The file, hand-off or delivery that it is about' }),
});

export const deadLettersInput = z.strictObject({ integration });

export const deadLettersOutput = z.object({ deadLetters: z.array(deadLetter), more });
