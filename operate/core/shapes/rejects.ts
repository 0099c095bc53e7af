import * as z from 'zod';
import { asked, count, instant, integration, next, pageOf } from './parts.ts';

const reject = z.object({
  integration,
  id: z.string(),
  receivedAt: instant,
  reason: z.string(),
  method: z.string(),
  bytes: count,
  object: z.string(),
});

export type RejectLine = z.infer<typeof reject>;

export const rejectsInput = z.strictObject({
  integration,
  from: asked.optional().meta({ description: 'Received in the hour of this time or later' }),
  ...pageOf,
});

export const rejectsOutput = z.object({ rejects: z.array(reject), next });
