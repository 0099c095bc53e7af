import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';

const instant = z.iso.datetime({ offset: true });

/** Where a call stopped because its time was over: an hour of rejects, and the last slot of a shelf that was looked at. */
export const releasePlace = z.strictObject({ hour: z.string(), shelf: z.string(), slot: z.int() });

/** What an operator asks a fence's release function for. Without `dryRun: false` it is a preview, which changes nothing. */
export const releaseOrder = z
  .strictObject({
    from: instant,
    to: instant,
    dryRun: z.boolean().default(true),
    operator: z.string().min(1),
    reason: z.string().min(1),
    /** Also those whose signature is right and whose time is outside the tolerance. */
    stale: z.boolean().default(false),
    /** Where an earlier call stopped. */
    after: releasePlace.optional(),
    /** Stop after so many, however much time is left. */
    limit: z.int().min(1).max(limits.releasesListedMax).optional(),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'from must be before to');

/** How one reject ended, or would end. */
export const lookedAtReject = z.object({ place: releasePlace, end: z.string() });

/** What a plan reads of the answer. */
export const releaseAnswer = z.object({
  looked: z.array(lookedAtReject),
  next: releasePlace.optional(),
});

export type LookedAtReject = Readonly<z.infer<typeof lookedAtReject>>;
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;
export type ReleasePlace = Readonly<z.infer<typeof releasePlace>>;
export type ReleaseOrder = Readonly<z.infer<typeof releaseOrder>>;
