import * as z from 'zod';
import { limits } from '#shared/contract/limits.ts';
import { instant } from './parts.ts';

const link = z.object({
  id: z.string(),
  partner: z.string(),
  integrations: z.array(z.string()),
  hasRows: z.boolean().meta({ description: 'Whether it gives the rejected rows too' }),
  by: z.string().meta({ description: 'ARN of who made it' }),
  madeAt: instant,
  until: instant.meta({ description: 'When it ends' }),
  revoked: z.object({ by: z.string(), at: instant }).nullable(),
});

export type PartnerLinkLine = z.infer<typeof link>;

export const makePartnerLinkInput = z.strictObject({
  of: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'Id of a file lane, or the name of a partner: then all their file lanes' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(limits.partnerLinkDaysMax)
    .default(limits.partnerLinkDays)
    .meta({ description: 'After so many days it ends' }),
});

export const makePartnerLinkOutput = link.extend({
  url: z.url().meta({
    description: 'Whoever has it sees what the partner sees. It is shown this once, and is not kept',
  }),
});

export const partnerLinksInput = z.strictObject({});
export const partnerLinksOutput = z.object({ links: z.array(link) });

export const partnerLinkInput = z.strictObject({ id: z.string().max(64) });
export const partnerLinkOutput = link;
