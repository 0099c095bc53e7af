import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';

/** What an operator asks a fence's release function for: to process quarantined deliveries again. */
export const reprocessOrder = z.strictObject({
  /** Keys of the quarantined objects. */
  reprocess: z.array(z.string().min(1)).min(1).max(limits.planObjectsACall),
  /** Without `false` it only says how each would end. */
  dryRun: z.boolean().default(true),
});

/**
 * How a quarantined delivery ended, or would end. `duplicate`: it was published before. `conflict`: another payload came under its name.
 * `expired`: nobody remembers it, so it may have been published. `gone`: its archived bytes are no longer there. `busy`: another worker has it.
 * `open`: the bus did not take its events.
 */
const requestEnds = [
  'published',
  'skipped',
  'duplicate',
  'quarantined',
  'conflict',
  'expired',
  'gone',
  'busy',
  'open',
] as const;

const reprocessedRequest = z.object({
  key: z.string(),
  end: z.enum(requestEnds),
  /** Of the fault that it has now. */
  code: z.string().optional(),
  /** What the fault found, why it is skipped, or what the bus said. Never holds a value of the input. */
  detail: z.string().optional(),
});

/** How each of them ended, in the order given. */
export const requestsReprocessed = z.object({ reprocessed: z.array(reprocessedRequest) });

export type ReprocessRequests = Readonly<z.input<typeof reprocessOrder>>;
export type ReprocessOrder = Readonly<z.infer<typeof reprocessOrder>>;
export type ReprocessedRequest = Readonly<z.infer<typeof reprocessedRequest>>;
export type RequestsReprocessed = z.infer<typeof requestsReprocessed>;
