import * as z from 'zod';
import { hindranceOf, keptChange } from './kept-change.ts';

/** What an operator calls a feed's function with, instead of an event of its stream: changes that it put aside, in their order. */
export const secondTaking = z.strictObject({
  takeAgain: z
    .array(keptChange.refine(kept => !hindranceOf(kept), { error: 'it can never be taken again' }))
    .min(1),
});

export type SecondTaking = z.input<typeof secondTaking>;

const secondEnd = z.object({
  sequenceNumber: z.string(),
  /** `open`: the bus or a right stopped it; nothing has become of it. `quarantined`: it stays, with this code. */
  end: z.enum(['published', 'duplicate', 'skipped', 'quarantined', 'open']),
  /** Of the first fault. */
  code: z.string().optional(),
  /** What the fault found, or the rule that skipped it. Never holds a value of the input. */
  detail: z.string().optional(),
});

/** How each of them ended, in the order given. */
export const secondTaken = z.object({ taken: z.array(secondEnd) });

export type SecondEnd = z.infer<typeof secondEnd>;
export type SecondTaken = z.infer<typeof secondTaken>;
