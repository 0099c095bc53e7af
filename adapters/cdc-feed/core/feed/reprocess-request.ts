import * as z from 'zod';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { obstacleTo, storedChange } from './stored-change.ts';

/** What an operator invokes a feed's function with, instead of an event of its stream: quarantined changes, in their order. */
export const reprocessRequest = z.strictObject({
  reprocess: z
    .array(storedChange.refine(stored => !obstacleTo(stored), { error: 'it can never be reprocessed' }))
    .min(1),
  /** Only says how each would end: nothing is published or written. */
  dryRun: z.boolean().default(false),
});

export type ReprocessRequest = z.input<typeof reprocessRequest>;

const reprocessedChange = z.object({
  sequenceNumber: z.string(),
  /** `open`: the bus or a missing right stopped it, and it has no outcome. `quarantined`: it stays, with this code. */
  end: z.enum([...outcomes, 'open']),
  /** Of the first fault. */
  code: z.string().optional(),
  /** What the fault found, or the rule that skipped it. Never holds a value of the input. */
  detail: z.string().optional(),
});

/** How each of them ended, in the order given. */
export const reprocessAnswer = z.object({ reprocessed: z.array(reprocessedChange) });

export type ReprocessedChange = z.infer<typeof reprocessedChange>;
export type ReprocessAnswer = z.infer<typeof reprocessAnswer>;
