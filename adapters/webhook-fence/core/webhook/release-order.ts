import * as z from 'zod';

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
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'from must be before to');

export type ReleasePlace = Readonly<z.infer<typeof releasePlace>>;
export type ReleaseOrder = Readonly<z.infer<typeof releaseOrder>>;
