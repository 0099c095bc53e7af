import * as z from 'zod';
import { finding } from '../audit/finding.ts';
import { count, next } from './parts.ts';

export const auditInput = z.strictObject({
  day: z.iso.date().meta({ description: 'A UTC day' }),
  cursor: z.string().max(4_096).optional().meta({ description: '`next` of the page before' }),
});

export const auditOutput = z.object({
  day: z.iso.date(),
  sealed: z
    .boolean()
    .meta({ description: 'Whether a manifest that can be relied on says what the day came to' }),
  expired: z
    .boolean()
    .meta({ description: 'Whether the records are older than they are kept: only the manifest is checked' }),
  objects: count.meta({ description: 'Objects checked for this page' }),
  findings: z.array(finding).meta({ description: 'What is wrong, and where. Empty: nothing' }),
  more: z.boolean().meta({ description: 'Whether there are more findings than are listed' }),
  next,
});
